package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.alarm.Alarm;
import holdfast.alarm.Arrival;
import holdfast.alarm.Door;
import holdfast.alarm.Inbound;
import holdfast.alarm.Inbox;
import holdfast.alarm.Kept;
import holdfast.alarm.Reading;
import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every accepted event becomes alarms once, whatever befalls the others. */
class AlarmReadingTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T12:00:00Z");
  private final JournalNode node = JournalNode.fresh(clock);
  private final Inbox inbox = new Door(node, clock).inbox;
  private final List<List<Alarm>> taken = new ArrayList<>();
  private final AlarmReading reading =
      new AlarmReading(node.transaction(), inbox, this::read, this::take, clock);
  private int reads;
  private boolean away;

  private Reading read(Arrival arrival) {
    reads++;
    return switch (arrival.body()) {
      case "poison" -> throw new IllegalStateException("boom");
      case "deep" -> throw new StackOverflowError();
      case "unreadable" -> new Reading(List.of(), "It is in no known format.");
      default -> new Reading(List.of(alarm(arrival)), null);
    };
  }

  private static Alarm alarm(Arrival arrival) {
    return new Alarm(
        arrival.receipt(),
        0,
        arrival.sender(),
        "test",
        arrival.body(),
        Alarm.State.FIRING,
        Severity.LOW,
        Situation.NONE,
        new Alarm.Subject(null, null, null, "", "", ""),
        arrival.body(),
        "",
        arrival.receivedAt(),
        Alarm.Clock.RECEIPT,
        0,
        arrival.body(),
        null,
        Map.of());
  }

  private void take(List<Alarm> alarms) {
    if (away) {
      throw new RunException(Code.UNREACHABLE, "journal", true, "The journal is away.");
    }
    alarms.stream()
        .filter(alarm -> alarm.name().equals("untakeable"))
        .findAny()
        .ifPresent(
            alarm -> {
              throw new IllegalArgumentException("cannot take it");
            });
    taken.add(List.copyOf(alarms));
  }

  private String accept(String body) {
    return inbox.accept(new Inbound("queue", "auto", null, null, Map.of(), body));
  }

  private Kept kept(String receipt) {
    return inbox.find(receipt).orElseThrow();
  }

  private List<String> titles() {
    return taken.stream().flatMap(List::stream).map(Alarm::title).toList();
  }

  private void dueAgain() {
    node.sql("UPDATE receipts SET due_at = now() WHERE state = 'WAITING'");
    reading.read();
  }

  @Test
  void a_storm_is_read_in_batches_in_the_order_it_came() {
    List<String> names = IntStream.range(0, 250).mapToObj(i -> "event " + i).toList();
    names.forEach(this::accept);
    reading.read();
    assertThat(titles()).containsExactlyElementsOf(names);
    assertThat(taken).extracting(List::size).containsExactly(100, 100, 50);
    reading.read();
    assertThat(reads).isEqualTo(250);
  }

  @Test
  void one_that_spoils_its_batch_is_given_up_after_three_tries_and_the_others_go_on() {
    String before = accept("before");
    for (String spoiler : List.of("poison", "deep", "untakeable")) {
      taken.clear();
      String bad = accept(spoiler);
      String after = accept("after " + spoiler);
      reading.read();
      assertThat(kept(after).state()).isEqualTo(Kept.State.DONE);
      assertThat(kept(bad).state()).isEqualTo(Kept.State.WAITING);
      dueAgain();
      assertThat(kept(bad).tries()).isEqualTo(2);
      dueAgain();
      assertThat(kept(bad).state()).isEqualTo(Kept.State.QUARANTINED);
      assertThat(kept(bad).tries()).isEqualTo(3);
      assertThat(titles()).endsWith("Events from queue cannot be read");
    }
    assertThat(kept(before).state()).isEqualTo(Kept.State.DONE);
  }

  @Test
  void what_cannot_be_read_is_one_trouble_of_its_sender() {
    String bad = accept("unreadable");
    String worse = accept("unreadable");
    reading.read();
    assertThat(kept(bad).state()).isEqualTo(Kept.State.QUARANTINED);
    assertThat(kept(worse).reason()).isEqualTo("It is in no known format.");
    assertThat(taken.get(0))
        .hasSize(2)
        .extracting(Alarm::fingerprint)
        .containsOnly("holdfast-quarantine/queue");
    assertThat(taken.get(0))
        .extracting(Alarm::severity, Alarm::situation, Alarm::sender)
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(Severity.MEDIUM, Situation.HOLDFAST, "holdfast"));
  }

  @Test
  void while_the_journal_is_away_no_try_counts() {
    String event = accept("event");
    away = true;
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(reading::read).hasMessage("The journal is away.");
    }
    assertThat(kept(event).tries()).isZero();
    away = false;
    reading.read();
    assertThat(kept(event).state()).isEqualTo(Kept.State.DONE);
    assertThat(titles()).containsExactly("event");
  }
}
