package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.alarm.Alarm;
import holdfast.journal.Audit;
import holdfast.journal.RunException;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentsTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));

  @Test
  void an_alarm_opens_an_incident_and_calls_the_first_level_in_the_same_transaction() {
    Taken taken = room.incidents.take(List.of(room.fires("a")));

    assertThat(taken.opened()).hasSize(1);
    assertThat(room.only().state()).isEqualTo(Incident.State.OPEN);
    assertThat(room.told()).containsExactly("chat OPENED 1");
    assertThat(room.notices().get(0).contacts()).containsExactly("Ada");
    assertThat(room.notices().get(0).nextAt()).isEqualTo(room.now().plus(Duration.ofMinutes(15)));
    assertThat(room.node.audit().newest(5))
        .extracting(Audit.Entry::action)
        .containsExactly("incident.told", "incident.opened");
  }

  @Test
  void the_same_part_of_a_receipt_counts_once() {
    Alarm alarm = room.fires("a");
    room.incidents.take(List.of(alarm, alarm));
    for (int i = 0; i < 100; i++) {
      assertThat(room.incidents.take(List.of(alarm)).repeated()).isEqualTo(1);
    }

    assertThat(room.only().events()).isEqualTo(1);
    assertThat(room.told()).hasSize(1);
  }

  @Test
  void an_ok_that_is_older_than_the_alarm_resolves_nothing() {
    Alarm old = room.clears("a");
    room.sleep(Duration.ofSeconds(30));
    room.incidents.take(List.of(room.fires("a")));
    room.incidents.take(List.of(old));
    room.pass(Duration.ofMinutes(10));

    assertThat(room.only().active()).isTrue();
  }

  @Test
  void an_alarm_that_was_over_before_it_came_opens_nothing() {
    Alarm late = room.fires("a");
    room.sleep(Duration.ofSeconds(30));
    room.incidents.take(List.of(room.clears("a")));
    room.incidents.take(List.of(late));

    assertThat(room.incidents.recent(5)).isEmpty();
  }

  @Test
  void what_stays_clear_ends_by_itself_and_those_who_heard_of_it_are_told() {
    room.incidents.take(List.of(room.fires("a")));
    room.sleep(Duration.ofSeconds(60));
    room.incidents.take(List.of(room.clears("a")));
    room.pass(Course.SETTLE.minusSeconds(1));
    assertThat(room.only().active()).isTrue();
    room.pass(Duration.ofSeconds(2));

    assertThat(room.only().state()).isEqualTo(Incident.State.RESOLVED);
    assertThat(room.only().resolvedBy()).isEqualTo("holdfast");
    assertThat(room.told()).containsExactly("chat OPENED 1", "chat RESOLVED 0");
  }

  @Test
  void a_source_that_flaps_every_second_is_one_incident_with_one_message() {
    room.incidents.take(List.of(room.fires("a")));
    for (int i = 0; i < 64; i++) {
      room.pass(Duration.ofSeconds(1));
      room.incidents.take(List.of(i % 2 == 0 ? room.clears("a") : room.fires("a")));
    }

    assertThat(room.only().active()).isTrue();
    assertThat(room.incidents.signals(room.only().id()).get(0).flaps()).isEqualTo(32);
    assertThat(room.told()).containsExactly("chat OPENED 1");
    assertThat(room.incidents.timeline(room.only().id())).hasSizeLessThan(20);
  }

  @Test
  void what_comes_back_within_the_hour_is_the_same_incident_again() {
    room.incidents.take(List.of(room.fires("a")));
    room.incidents.acknowledge(room.only().id(), "ada", "page");
    room.incidents.resolve(room.only().id(), "ada", "Restarted it.");
    room.sleep(Duration.ofMinutes(30));
    Taken taken = room.incidents.take(List.of(room.fires("a")));

    assertThat(taken.reopened()).containsExactly(room.only().id());
    assertThat(room.only().state()).isEqualTo(Incident.State.OPEN);
    assertThat(room.only().reopened()).isEqualTo(1);
    assertThat(room.told())
        .containsExactly(
            "chat OPENED 1", "chat ACKNOWLEDGED 0", "chat RESOLVED 0", "chat REOPENED 1");
  }

  @Test
  void what_comes_back_later_is_a_new_incident() {
    room.incidents.take(List.of(room.fires("a")));
    room.incidents.resolve(room.only().id(), "ada", "Restarted it.");
    room.sleep(Course.REOPEN.plusSeconds(1));

    assertThat(room.incidents.take(List.of(room.fires("a"))).opened()).hasSize(1);
  }

  @Test
  void an_event_from_before_the_end_never_opens_it_again() {
    room.incidents.take(List.of(room.fires("a")));
    room.sleep(Duration.ofSeconds(10));
    Alarm late = room.fires("a");
    room.sleep(Duration.ofSeconds(10));
    room.incidents.resolve(room.only().id(), "ada", "Restarted it.");
    room.incidents.take(List.of(late));

    assertThat(room.only().state()).isEqualTo(Incident.State.RESOLVED);
  }

  @Test
  void what_is_no_trouble_opens_nothing() {
    for (Alarm.State state : List.of(Alarm.State.INFORMATIONAL, Alarm.State.INSUFFICIENT_DATA)) {
      room.incidents.take(
          List.of(
              Watchroom.alarm("a", state, Severity.CRITICAL, Situation.DATABASE, room.now(), 0)));
    }

    assertThat(room.incidents.recent(5)).isEmpty();
  }

  @Test
  void an_acknowledgement_takes_back_what_was_not_sent() {
    room.incidents.take(List.of(room.fires("a")));
    assertThat(room.incidents.acknowledge(room.only().id(), "ada", "page")).isTrue();
    assertThat(room.incidents.acknowledge(room.only().id(), "bob", "page")).isFalse();
    room.pass(Duration.ofHours(3));

    assertThat(room.only().acknowledgedBy()).isEqualTo("ada");
    assertThat(room.node.outbox().ofIncident(room.only().id()))
        .extracting(entry -> entry.channel() + " " + entry.state())
        .containsExactly("chat DROPPED", "chat WAITING");
  }

  @Test
  void what_did_not_get_through_before_it_was_over_or_came_back_is_not_told_any_more() {
    room.incidents.take(List.of(room.fires("a")));
    room.node.sql("UPDATE outbox SET state = 'DELIVERED', delivered_at = now()");
    room.incidents.acknowledge(room.only().id(), "ada", "page");
    room.incidents.resolve(room.only().id(), "ada", "Restarted it.");
    assertThat(states()).containsExactly("chat DELIVERED", "chat DROPPED", "chat WAITING");
    room.sleep(Duration.ofMinutes(30));
    room.incidents.take(List.of(room.fires("a")));

    assertThat(room.told()).last().isEqualTo("chat REOPENED 1");
    assertThat(states())
        .containsExactly("chat DELIVERED", "chat DROPPED", "chat DROPPED", "chat WAITING");
  }

  private List<String> states() {
    return room.node.outbox().ofIncident(room.only().id()).stream()
        .map(entry -> entry.channel() + " " + entry.state())
        .toList();
  }

  @Test
  void what_is_not_there_or_over_is_refused_in_a_sentence() {
    assertThatThrownBy(() -> room.incidents.acknowledge("x", "ada", "page"))
        .isInstanceOf(RunException.class)
        .hasMessage("There is no incident x.");
    room.incidents.take(List.of(room.fires("a")));
    String id = room.only().id();
    assertThatThrownBy(() -> room.incidents.reopen(id, "ada", "no"))
        .hasMessageContaining("is not over");
    room.incidents.resolve(id, "ada", "Done.");
    assertThatThrownBy(() -> room.incidents.acknowledge(id, "ada", "page"))
        .hasMessageContaining("is over");
  }

  @Test
  void whoever_was_called_hears_of_the_acknowledgement_through_the_same_channel() {
    room.incidents.take(List.of(room.fires("a")));
    room.pass(Duration.ofMinutes(16));
    room.incidents.acknowledge(room.only().id(), "ada", "page");

    assertThat(room.notices())
        .filteredOn(notice -> notice.type() == Notice.Type.ACKNOWLEDGED)
        .extracting(Notice::contacts)
        .containsExactly(List.of("Ada"), List.of("Bob"));
  }

  @Test
  void none_is_opened_for_a_system_that_the_plan_does_not_have() {
    Opening opening =
        new Opening("rolefery", Severity.CRITICAL, Situation.SECURITY, "Odd", "", "ada");

    assertThatThrownBy(() -> room.incidents.open(opening))
        .hasMessage(
            "The plan has no system 'rolefery', so its people could not be called. It has: roleferry.");
    assertThat(room.incidents.recent(5)).isEmpty();
  }

  @Test
  void one_opened_by_hand_calls_people_and_ends_by_hand_only() {
    String id =
        room.incidents.open(
            new Opening(
                "roleferry", Severity.CRITICAL, Situation.SECURITY, "Odd logins", "", "ada"));
    room.incidents.note(id, "ada", "Seen from two countries.");
    room.incidents.estimate(id, "ada", room.now().plus(Duration.ofHours(1)));
    room.pass(Duration.ofMinutes(20));

    assertThat(room.only().active()).isTrue();
    assertThat(room.told()).containsExactly("chat OPENED 1", "chat UPDATED 0", "mail ESCALATED 2");
    assertThat(room.incidents.timeline(id))
        .extracting(TimelineEntry::kind)
        .containsExactly(
            TimelineEntry.Kind.OPENED,
            TimelineEntry.Kind.TOLD,
            TimelineEntry.Kind.NOTE,
            TimelineEntry.Kind.UPDATED,
            TimelineEntry.Kind.TOLD);
  }

  @Test
  void what_is_over_is_not_expected_to_be_over() {
    String id =
        room.incidents.open(
            new Opening("roleferry", Severity.CRITICAL, Situation.SECURITY, "Odd", "", "ada"));
    room.incidents.estimate(id, "ada", room.now().plus(Duration.ofHours(1)));
    assertThat(last().facts()).containsKey("estimate");
    room.incidents.resolve(id, "ada", "It was nothing.");
    assertThat(last().type()).isEqualTo(Notice.Type.RESOLVED);
    assertThat(last().facts()).doesNotContainKey("estimate");
    assertThat(room.only().estimate()).isNull();
  }

  private Notice last() {
    List<Notice> notices = room.notices();
    return notices.get(notices.size() - 1);
  }
}
