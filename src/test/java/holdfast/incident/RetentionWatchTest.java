package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SamplePlan;
import holdfast.plan.Severity;
import holdfast.retention.Approval;
import holdfast.retention.ClockSense;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionWatchTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private final ClockSense sense =
      new ClockSense(room.node.transaction(), room.node.audit(), Optional::empty, room.clock);
  private List<Approval> waiting = List.of();
  private final RetentionWatch watch =
      new RetentionWatch(room.plans, sense, () -> waiting, room.incidents);

  @Test
  void a_clock_that_kept_points_from_going_is_a_critical_incident_until_it_is_right() {
    assertThat(watch.look()).isFalse();
    room.clock.move(Duration.ofDays(-400));
    assertThat(watch.look()).isFalse();
    room.clock.move(Duration.ofDays(400 + 365));
    assertThat(watch.look()).isFalse();
    assertThat(room.incidents.recent(10)).isEmpty();

    sense.refused();
    assertThat(watch.look()).isTrue();
    assertThat(watch.look()).isTrue();
    assertThat(room.only().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(room.only().title())
        .isEqualTo("The clock cannot be believed, so no recovery point is removed");
    assertThat(room.only().text()).contains("It is 365 days ahead of the newest time known");

    room.clock.move(Duration.ofDays(-365));
    assertThat(watch.look()).isFalse();
    assertThat(sense.look().believed()).isTrue();
  }

  @Test
  void points_that_wait_for_somebodys_word_are_told_of_until_they_have_it() {
    assertThat(watch.look()).isFalse();
    waiting =
        List.of(
            new Approval(
                "0123456789abcdef".repeat(4),
                SamplePlan.DATABASE,
                List.of("a", "b", "c", "d"),
                room.now(),
                "holdfast",
                room.now().plus(Duration.ofDays(3)),
                null,
                null));
    watch.look();
    watch.look();
    assertThat(room.only().title())
        .isEqualTo("Many points of roleferry/database wait for somebody's word before they go");
    assertThat(room.only().text())
        .startsWith("4 points are to go at once.")
        .contains("holdfast prune --approve 0123456789ab'");
    waiting = List.of();
    room.sleep(Duration.ofMinutes(1));
    watch.look();
    room.pass(Duration.ofMinutes(6));
    assertThat(room.only().active()).isFalse();
  }
}
