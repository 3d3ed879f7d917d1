package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnreadQueuesTest {

  private static final String TITLE = "The queue of cloud cannot be read";

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private final UnreadQueues watch = watch(room, "cloud");

  static UnreadQueues watch(Watchroom room, String... senders) {
    return new UnreadQueues(Set.of(senders), room.node.transaction(), room.incidents, room.clock);
  }

  private void fiveMinutes() {
    room.sleep(UnreadQueues.PATIENCE.minus(UnreadQueues.SEEN));
    watch.look();
    room.sleep(UnreadQueues.SEEN);
  }

  @Test
  void a_clock_that_leaps_while_the_machine_sleeps_is_no_trouble_of_a_queue() {
    watch.read("cloud");
    watch.look();
    room.sleep(Duration.ofHours(3));
    assertThat(watch.look()).isZero();
    room.sleep(Duration.ofSeconds(30));
    assertThat(watch.look()).isZero();
    watch.read("cloud");
    room.sleep(Duration.ofSeconds(30));

    assertThat(watch.look()).isZero();
    assertThat(room.incidents.recent(5)).isEmpty();
  }

  @Test
  void a_queue_unread_for_five_minutes_is_told_of_until_it_is_read_again() {
    room.sleep(Duration.ofMinutes(1));
    watch.read("cloud");
    room.sleep(UnreadQueues.PATIENCE.minus(UnreadQueues.SEEN));
    assertThat(watch.look()).isZero();
    room.sleep(UnreadQueues.SEEN.minusSeconds(1));
    watch.failed("cloud", "There is no such queue.");
    assertThat(watch.look()).isZero();
    assertThat(room.incidents.recent(5)).isEmpty();
    room.sleep(Duration.ofSeconds(1));
    assertThat(watch.look()).isEqualTo(1);
    watch.look();

    assertThat(room.only().title()).isEqualTo(TITLE);
    assertThat(room.only().severity()).isEqualTo(Severity.HIGH);
    assertThat(room.only().situation()).isEqualTo(Situation.HOLDFAST);
    assertThat(room.only().events()).isEqualTo(1);
    assertThat(room.only().text())
        .isEqualTo(
            "Nothing has been read from it since 2026-11-21 10:01 UTC: what is told through it is"
                + " not known here. The newest attempt: There is no such queue.");
    watch.read("cloud");
    room.sleep(Duration.ofSeconds(30));
    assertThat(watch.look()).isZero();
    room.pass(Duration.ofMinutes(6));
    assertThat(room.only().active()).isFalse();
  }

  @Test
  void one_that_was_read_for_a_moment_is_told_of_again_within_the_same_hour() {
    fiveMinutes();
    watch.look();
    watch.read("cloud");
    watch.look();
    room.pass(Duration.ofMinutes(5));
    watch.look();
    room.pass(Duration.ofMinutes(1));

    assertThat(watch.look()).isEqualTo(1);
    assertThat(room.only(TITLE).active()).isTrue();
  }

  @Test
  void after_a_restart_the_five_minutes_begin_anew_and_only_a_reading_ends_the_alarm() {
    fiveMinutes();
    watch.look();
    room.sleep(Duration.ofMinutes(1));
    UnreadQueues restarted = watch(room, "cloud");
    assertThat(restarted.look()).isZero();
    room.pass(Duration.ofMinutes(4));
    assertThat(restarted.look()).isZero();
    assertThat(room.only().active()).isTrue();
    room.pass(Duration.ofMinutes(1).minus(UnreadQueues.SEEN));
    assertThat(restarted.look()).isZero();
    room.pass(UnreadQueues.SEEN);
    assertThat(restarted.look()).isEqualTo(1);
    restarted.read("cloud");
    room.sleep(Duration.ofSeconds(30));
    restarted.look();
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void a_queue_that_is_in_no_plan_any_more_is_no_trouble() {
    fiveMinutes();
    watch.look();
    room.sleep(Duration.ofMinutes(1));
    UnreadQueues restarted = watch(room, "other");
    restarted.failed("cloud", "It cannot be reached.");
    restarted.look();
    room.pass(Duration.ofMinutes(4));

    assertThat(restarted.unread()).isEmpty();
    room.pass(Duration.ofMinutes(2));
    assertThat(room.only(TITLE).active()).isFalse();
  }

  @Test
  void health_names_the_queues_that_are_not_read_and_stays_up() {
    Auditor auditor =
        new Auditor(
            room.node.transaction(), room.node.audit(), room.node.outbox(), room.plans, room.clock);
    IncidentHealth health = new IncidentHealth(auditor, room.incidents, watch);
    room.sleep(UnreadQueues.PATIENCE);
    auditor.look();

    assertThat(health.health().getDetails()).containsEntry("queues unread", List.of("cloud"));
    assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
  }
}
