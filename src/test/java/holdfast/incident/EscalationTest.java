package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Alarm;
import holdfast.journal.HandOver;
import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EscalationTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));

  @Test
  void levels_are_called_in_order_until_somebody_acknowledges() {
    room.incidents.take(List.of(room.fires("a")));
    room.pass(Duration.ofMinutes(14));
    assertThat(room.told()).containsExactly("chat OPENED 1");
    room.pass(Duration.ofMinutes(2));
    assertThat(room.told()).containsExactly("chat OPENED 1", "mail ESCALATED 2");
    room.incidents.acknowledge(room.only().id(), "bob", "page");
    room.pass(Duration.ofHours(5));

    assertThat(room.told())
        .containsExactly(
            "chat OPENED 1", "mail ESCALATED 2", "chat ACKNOWLEDGED 0", "mail ACKNOWLEDGED 0");
  }

  @Test
  void after_a_downtime_the_level_due_now_is_told_once_and_none_is_left_out_of_the_record() {
    room.incidents.take(List.of(room.fires("a")));
    room.sleep(Duration.ofHours(3));
    Watchroom restarted = room.sibling();
    restarted.escalation.tick();
    restarted.escalation.tick();

    assertThat(room.told())
        .containsExactly("chat OPENED 1", "mail ESCALATED 3", "topic ESCALATED 3");
    assertThat(room.notices().get(1).contacts()).containsExactly("Bob", "Cleo");
    assertThat(room.notices().get(1).sentence())
        .isEqualTo(
            "Nobody has acknowledged for 3 h: level 2, level 3 are called, later than planned"
                + " (2026-11-21 10:15 UTC).");
    assertThat(levelsTold()).containsExactly(1, 2, 3);
    assertThat(room.incidents.levels(room.only().id()))
        .extracting(LevelClock::standing)
        .containsOnly(LevelClock.Standing.TOLD);
  }

  @Test
  void two_nodes_that_wind_the_clock_call_each_level_once() throws Exception {
    Watchroom other = room.sibling();
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 20; i++) {
        room.incidents.open(
            new Opening(null, Severity.LOW, Situation.CAPACITY, "Disk " + i, "", "ada"));
        room.incidents.open(
            new Opening("roleferry", Severity.HIGH, Situation.CAPACITY, "Disk " + i, "", "ada"));
      }
      room.sleep(Duration.ofMinutes(15));
      Future<Integer> one = nodes.submit(room.escalation::tick);
      Future<Integer> two = nodes.submit(other.escalation::tick);
      assertThat(one.get() + two.get()).isGreaterThanOrEqualTo(20);
    } finally {
      nodes.shutdownNow();
    }
    assertThat(
            room.node
                .transaction()
                .sql(
                    """
                    SELECT count(*) FROM incident_timeline WHERE kind = 'TOLD' AND level = 2""")
                .query(Long.class)
                .single())
        .isEqualTo(20);
  }

  @Test
  void a_level_is_told_again_until_the_next_one_and_then_that_one() {
    Watchroom again =
        new Watchroom(
            Duties.plans(
                List.of(
                    Duties.level(
                        1,
                        Duration.ZERO,
                        EscalationLevel.When.ALWAYS,
                        "chat",
                        "Ada",
                        Duration.ofMinutes(30)),
                    Duties.level(2, Duration.ofMinutes(70), "mail", "Bob"))));
    again.incidents.take(List.of(again.fires("a")));
    again.pass(Duration.ofHours(3));

    assertThat(again.told())
        .containsExactly("chat OPENED 1", "chat REPEATED 1", "chat REPEATED 1", "mail ESCALATED 2");
  }

  @Test
  void what_becomes_worse_is_told_once_more() {
    room.incidents.take(List.of(room.fires("a")));
    room.pass(Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      room.incidents.take(
          List.of(
              Watchroom.alarm(
                  "b" + i,
                  Alarm.State.FIRING,
                  Severity.CRITICAL,
                  Situation.DATABASE,
                  room.now(),
                  0)));
    }

    assertThat(room.only().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(room.told()).containsExactly("chat OPENED 1", "chat ESCALATED 1");
    assertThat(room.notices().get(1).sentence())
        .isEqualTo("It became critical; it was high. New: Trouble b0");
  }

  @Test
  void an_acknowledged_incident_is_reminded_of_until_it_is_over() {
    Duty duty =
        new Duty(
            List.of(), List.of(), null, new Duty.Updates(Duration.ofMinutes(30), List.of("mail")));
    Watchroom reminding = new Watchroom(Duties.plans(Duties.three(), duty));
    reminding.incidents.take(List.of(reminding.fires("a")));
    reminding.incidents.acknowledge(reminding.only().id(), "bob", "page");
    reminding.pass(Duration.ofMinutes(61));
    reminding.incidents.resolve(reminding.only().id(), "bob", "Done.");
    reminding.pass(Duration.ofHours(2));

    assertThat(reminding.told())
        .containsExactly(
            "chat OPENED 1",
            "chat ACKNOWLEDGED 0",
            "mail UPDATED 0",
            "mail UPDATED 0",
            "chat RESOLVED 0",
            "mail RESOLVED 0");
  }

  @Test
  void nobody_is_reminded_through_a_channel_that_is_not_for_such_incidents() {
    Duty duty =
        new Duty(
            List.of(),
            List.of(),
            null,
            new Duty.Updates(Duration.ofMinutes(30), List.of("mail", "topic")));
    Watchroom critical =
        new Watchroom(Duties.plans(Duties.three(), duty, Set.of(Severity.CRITICAL)));
    critical.incidents.take(List.of(critical.fires("a")));
    critical.incidents.acknowledge(critical.only().id(), "bob", "page");
    critical.pass(Duration.ofMinutes(31));

    assertThat(critical.told())
        .containsExactly("chat OPENED 1", "chat ACKNOWLEDGED 0", "topic UPDATED 0");
  }

  @Test
  void a_channel_in_trouble_is_not_reminded_of_its_own_trouble() {
    Duty duty =
        new Duty(
            List.of(),
            List.of(),
            null,
            new Duty.Updates(Duration.ofMinutes(30), List.of("mail", "topic")));
    Watchroom spared = new Watchroom(Duties.plans(Duties.three(), duty));
    String id =
        spared.incidents.open(
            new Opening("roleferry", Severity.HIGH, Situation.CAPACITY, "Mail", "", "ada"));
    spared.node.sql("UPDATE incidents SET spared = 'mail'");
    spared.incidents.acknowledge(id, "bob", "page");
    spared.pass(Duration.ofMinutes(31));

    assertThat(spared.told())
        .containsExactly("chat OPENED 1", "chat ACKNOWLEDGED 0", "topic UPDATED 0");
  }

  @Test
  void what_was_on_its_way_when_somebody_acknowledged_is_not_tried_again_nor_handed_over() {
    room.incidents.take(List.of(room.fires("a")));
    room.node.sql("UPDATE outbox SET state = 'SENDING', claimed_until = now() + interval '1 h'");
    String id = room.only().id();
    long message = room.node.outbox().ofIncident(id).get(0).id();
    room.incidents.acknowledge(id, "bob", "page");
    HandOver fallback =
        new HandOver(room.node.transaction(), room.node.audit(), room.node.outbox(), room.clock);

    assertThat(fallback.handOver(message, "mail", "chat is silent")).isFalse();
    room.node.outcomes().failed(message, "503");
    assertThat(room.node.outbox().ofIncident(id))
        .extracting(entry -> entry.channel() + " " + entry.state())
        .containsExactly("chat DROPPED", "chat WAITING");
  }

  @Test
  void an_acknowledgement_that_commits_first_is_the_last_word() throws Exception {
    assertThat(AckRace.claimedAfterAck(50)).isZero();
  }

  private List<Integer> levelsTold() {
    return room.incidents.timeline(room.only().id()).stream()
        .filter(entry -> entry.kind() == TimelineEntry.Kind.TOLD)
        .map(TimelineEntry::level)
        .toList();
  }
}
