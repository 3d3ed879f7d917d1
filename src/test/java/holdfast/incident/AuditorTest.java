package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class AuditorTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private final Auditor auditor =
      new Auditor(
          room.node.transaction(), room.node.audit(), room.node.outbox(), room.plans, room.clock);
  private final IncidentHealth health =
      new IncidentHealth(auditor, room.incidents, UnreadQueuesTest.watch(room, "cloud"));

  @Test
  void a_timer_that_is_gone_is_noticed_mended_and_health_is_down_meanwhile() {
    room.incidents.take(List.of(room.fires("a")));
    room.node.sql("UPDATE outbox SET state = 'DELIVERED', delivered_at = now()");
    room.node.sql("DELETE FROM incident_timers");
    room.sleep(Duration.ofMinutes(15).plusSeconds(59));
    assertThat(auditor.look()).isEmpty();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    room.sleep(Duration.ofSeconds(2));

    assertThat(auditor.look()).extracting(Auditor.Overdue::what).containsExactly("level 2");
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    room.escalation.tick();
    assertThat(auditor.look()).isEmpty();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(room.told()).containsExactly("chat OPENED 1", "mail ESCALATED 2");
    assertThat(room.incidents.timeline(room.only().id()))
        .extracting(TimelineEntry::kind)
        .contains(TimelineEntry.Kind.REPAIRED);
  }

  @Test
  void a_timer_set_for_later_than_the_plan_says_is_mended_too() {
    room.incidents.take(List.of(room.fires("a")));
    room.node.sql("UPDATE incident_timers SET due_at = due_at + interval '1 year'");
    room.sleep(Duration.ofMinutes(17));
    auditor.look();
    room.escalation.tick();

    assertThat(room.told()).containsExactly("chat OPENED 1", "mail ESCALATED 2");
  }

  @Test
  void a_critical_incident_of_which_no_message_gets_through_takes_health_down() {
    room.incidents.open(
        new Opening("roleferry", Severity.CRITICAL, Situation.SECURITY, "Odd", "", "ada"));
    auditor.look();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    room.sleep(Auditor.UNHEARD.plusSeconds(1));
    auditor.look();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    room.node.sql("UPDATE outbox SET state = 'DELIVERED', delivered_at = now()");
    auditor.look();

    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void a_high_incident_of_which_no_message_gets_through_takes_health_down_later() {
    room.incidents.open(
        new Opening("roleferry", Severity.MEDIUM, Situation.SECURITY, "Odd", "", "ada"));
    room.incidents.open(
        new Opening("roleferry", Severity.HIGH, Situation.SECURITY, "Odder", "", "ada"));
    room.sleep(Auditor.UNHEARD_HIGH);
    auditor.look();
    assertThat(auditor.unheard()).isEmpty();
    room.sleep(Duration.ofSeconds(1));
    auditor.look();
    assertThat(auditor.unheard()).containsExactly(room.only("Odder").id());
    room.node.sql("UPDATE outbox SET state = 'DELIVERED', delivered_at = now()");
    auditor.look();

    assertThat(auditor.unheard()).isEmpty();
  }

  @Test
  void what_got_through_before_it_became_worse_does_not_count() {
    room.incidents.take(List.of(room.fires("a")));
    room.node.sql("UPDATE outbox SET state = 'DELIVERED', delivered_at = now()");
    room.sleep(Duration.ofMinutes(1));
    room.incidents.take(
        List.of(
            Watchroom.alarm(
                "a", Alarm.State.FIRING, Severity.CRITICAL, Situation.DATABASE, room.now(), 0)));
    room.sleep(Auditor.UNHEARD.plusSeconds(1));
    auditor.look();
    assertThat(auditor.unheard()).containsExactly(room.only().id());
    room.node.sql("UPDATE outbox SET state = 'DELIVERED', delivered_at = now()");
    auditor.look();

    assertThat(auditor.unheard()).isEmpty();
  }

  @Test
  void a_clock_that_fails_for_one_incident_still_serves_the_others() {
    room.incidents.open(
        new Opening("roleferry", Severity.HIGH, Situation.SERVER, "One", "", "ada"));
    room.sleep(Duration.ofSeconds(1));
    room.incidents.open(
        new Opening("roleferry", Severity.HIGH, Situation.SERVER, "Two", "", "ada"));
    room.node.sql(
        """
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.title = 'One' THEN RAISE EXCEPTION 'broken'; END IF;
          RETURN NEW;
        END $$""",
        "CREATE TRIGGER broken BEFORE UPDATE ON incidents FOR EACH ROW EXECUTE FUNCTION fail()");
    room.sleep(Duration.ofMinutes(16));
    room.escalation.tick();

    assertThat(room.told()).containsExactly("chat OPENED 1", "chat OPENED 1", "mail ESCALATED 2");
  }
}
