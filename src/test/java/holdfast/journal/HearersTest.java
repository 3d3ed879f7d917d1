package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SamplePlan;
import holdfast.incident.Duties;
import holdfast.plan.AssetId;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody hears of one failure twice, and nobody who should hear of it does not. */
class HearersTest {

  private static final List<String> ALL = List.of("chat", "mail", "topic");

  private static List<String> heard(Event.Type type, EscalationLevel... levels) {
    return heard(Duties.plans(List.of(levels)), type, SamplePlan.DATABASE);
  }

  private static List<String> heard(Plans plans, Event.Type type, AssetId asset) {
    Event event =
        new Event(type, asset, "r1", null, Instant.parse("2026-11-21T12:00:00Z"), Map.of(), ALL);
    return new Hearers(plans).apply(event).channels();
  }

  private static EscalationLevel level(int number, Duration after, String channel) {
    return Duties.level(number, after, channel, "Ada");
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKUP_FAILED", "BACKUP_MISSED", "PROOF_FAILED", "RESTORE_FAILED"})
  void whoever_the_incident_calls_at_once_does_not_hear_of_the_failure_besides(Event.Type type) {
    assertThat(heard(type, level(1, Duration.ZERO, "chat")))
        .containsExactly("mail", "topic", Event.ALARM_CHANNEL);
  }

  @Test
  void the_same_holds_where_the_installation_says_who_is_called() {
    Plans plans = Duties.everywhere(List.of(level(1, Duration.ZERO, "chat")));

    assertThat(heard(plans, Event.Type.BACKUP_FAILED, SamplePlan.DATABASE))
        .containsExactly("mail", "topic", Event.ALARM_CHANNEL);
  }

  @Test
  void whoever_is_called_later_hears_of_the_failure_now() {
    assertThat(
            heard(
                Event.Type.BACKUP_FAILED,
                level(1, Duration.ofMinutes(1), "chat"),
                level(2, Duration.ofHours(1), "mail")))
        .containsExactly("chat", "mail", "topic", Event.ALARM_CHANNEL);
  }

  @Test
  void a_first_level_for_other_incidents_calls_nobody_about_this() {
    EscalationLevel.When security =
        new EscalationLevel.When(List.of(), List.of(holdfast.plan.Situation.SECURITY));
    EscalationLevel.When critical =
        new EscalationLevel.When(List.of(holdfast.plan.Severity.CRITICAL), List.of());
    for (EscalationLevel.When other : List.of(security, critical)) {
      EscalationLevel first = level(1, Duration.ZERO, "chat");
      EscalationLevel narrow =
          new EscalationLevel(
              1,
              Duration.ZERO,
              other,
              first.contacts(),
              first.channels(),
              null,
              null,
              first.origin());
      assertThat(heard(Event.Type.BACKUP_FAILED, narrow))
          .containsExactly("chat", "mail", "topic", Event.ALARM_CHANNEL);
    }
  }

  @Test
  void a_channel_that_the_plan_does_not_have_keeps_nobody_from_hearing() {
    assertThat(heard(Event.Type.BACKUP_FAILED, level(1, Duration.ZERO, "gone")))
        .containsExactly("chat", "mail", "topic", Event.ALARM_CHANNEL);
  }

  @ParameterizedTest
  @EnumSource(names = {"POINT_GOOD", "POINT_PROVEN", "RESTORE_DONE"})
  void what_ends_a_failure_is_heard_by_all_and_ends_the_alarm(Event.Type type) {
    assertThat(heard(type, level(1, Duration.ZERO, "chat")))
        .containsExactly("chat", "mail", "topic", Event.ALARM_CHANNEL);
  }

  @Test
  void a_backup_that_was_skipped_is_no_alarm() {
    assertThat(heard(Event.Type.BACKUP_SKIPPED, level(1, Duration.ZERO, "chat")))
        .containsExactlyElementsOf(ALL);
  }

  @Test
  void a_system_that_the_plan_no_longer_has_keeps_its_hearers() {
    Plans plans = Duties.plans(List.of(level(1, Duration.ZERO, "chat")));
    assertThat(heard(plans, Event.Type.BACKUP_FAILED, AssetId.parse("gone/database")))
        .containsExactly("chat", "mail", "topic", Event.ALARM_CHANNEL);
  }
}
