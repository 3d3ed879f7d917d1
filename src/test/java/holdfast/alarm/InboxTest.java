package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.alarm.Counts.Outcome;
import holdfast.harness.JournalNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is accepted is kept, once. */
class InboxTest {

  private final Door door = new Door();
  private final Inbox inbox = door.inbox;

  private static Inbound event(String delivery, String body) {
    return new Inbound(
        "queue", Inbound.AUTO, delivery, Door.NOW.minusSeconds(3), Map.of("k", "v"), body);
  }

  private List<Arrival> claim(int most) {
    return door.node.transaction().in(() -> inbox.claim(most));
  }

  @Test
  void an_event_is_kept_as_it_came() {
    String receipt = inbox.accept(event("m-1", "{\"Größe\": \"5 €\"}"));

    assertThat(claim(10))
        .containsExactly(
            new Arrival(
                receipt,
                "queue",
                "auto",
                Door.NOW,
                Door.NOW.minusSeconds(3),
                Map.of("k", "v"),
                "{\"Größe\": \"5 €\"}"));
    assertThat(inbox.find(receipt).orElseThrow().state()).isEqualTo(Kept.State.WAITING);
    assertThat(inbox.find("nothing")).isEmpty();
  }

  @Test
  void the_same_delivery_a_hundred_times_is_one_event_that_was_counted() {
    String first = inbox.accept(event("m-1", "{}"));
    for (int i = 0; i < 100; i++) {
      assertThat(inbox.accept(event("m-1", "{}"))).isEqualTo(first);
    }
    assertThat(claim(10)).hasSize(1);
    assertThat(inbox.find(first).orElseThrow().duplicates()).isEqualTo(100);
    assertThat(door.counts.of("queue", Outcome.ACCEPTED)).isEqualTo(1);
    assertThat(door.counts.of("queue", Outcome.DUPLICATE)).isEqualTo(100);

    door.node.transaction().run(() -> inbox.done(List.of(first)));
    assertThat(inbox.accept(event("m-1", "{}"))).isEqualTo(first);
    assertThat(claim(10)).isEmpty();
  }

  @Test
  void the_same_id_of_another_sender_or_no_id_at_all_is_another_event() {
    inbox.accept(event("m-1", "{}"));
    inbox.accept(new Inbound("topic", "auto", "m-1", null, Map.of(), "{}"));
    inbox.accept(event(null, "{}"));
    inbox.accept(event(null, "{}"));
    assertThat(claim(10)).hasSize(4);
  }

  @Test
  void a_forgery_with_a_guessed_id_does_not_keep_the_true_event_out() {
    inbox.setAside("queue", "auto", null, "forged m-1", "forged");
    inbox.accept(event("m-1", "{}"));
    assertThat(claim(10)).hasSize(1);
  }

  @Test
  void events_are_claimed_in_the_order_they_came_and_by_one_node_only() {
    List<String> receipts =
        IntStream.range(0, 20).mapToObj(i -> inbox.accept(event("m-" + i, "{}"))).toList();
    JournalNode other = door.node.sibling(door.clock);
    Inbox there = new Inbox(other.transaction(), other.ids(), door.counts, door.clock);
    List<String> elsewhere = new ArrayList<>();

    door.node
        .transaction()
        .run(
            () -> {
              assertThat(inbox.claim(12))
                  .extracting(Arrival::receipt)
                  .containsExactlyElementsOf(receipts.subList(0, 12));
              Thread thread =
                  new Thread(
                      () ->
                          other
                              .transaction()
                              .run(() -> there.claim(12).forEach(a -> elsewhere.add(a.receipt()))));
              thread.start();
              join(thread);
            });

    assertThat(elsewhere).containsExactlyElementsOf(receipts.subList(12, 20));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_a_broken_off_transaction_held_waits_as_before() {
    String receipt = inbox.accept(event("m-1", "{}"));
    assertThatThrownBy(
            () ->
                door.node
                    .transaction()
                    .run(
                        () -> {
                          inbox.claim(10);
                          inbox.done(List.of(receipt));
                          throw new IllegalStateException("killed");
                        }))
        .hasMessage("killed");
    assertThat(claim(10)).extracting(Arrival::receipt).containsExactly(receipt);
  }

  @Test
  void an_event_that_failed_is_left_out_of_the_many_and_due_a_little_later() {
    String receipt = inbox.accept(event("m-1", "{}"));
    assertThat(inbox.failed(receipt, "no\nreason")).isEqualTo(1);
    assertThat(claim(10)).isEmpty();
    assertThat(failed()).isEmpty();
    door.node.sql("UPDATE receipts SET due_at = now()");
    assertThat(failed()).containsExactly(receipt);
    assertThat(inbox.failed(receipt, "x".repeat(5000))).isEqualTo(2);
    door.node.transaction().run(() -> inbox.quarantine(receipt, "gave up"));
    assertThat(inbox.failed(receipt, "too late")).isZero();
    assertThat(inbox.quarantined(10))
        .singleElement()
        .satisfies(kept -> assertThat(kept.reason()).isEqualTo("gave up"))
        .satisfies(kept -> assertThat(kept.tries()).isEqualTo(2));
  }

  private List<String> failed() {
    return door.node
        .transaction()
        .in(() -> inbox.claimFailed().map(Arrival::receipt).stream().toList());
  }

  @Test
  void old_events_are_removed_when_their_time_has_come_and_waiting_ones_never() {
    String done = inbox.accept(event("done", "{}"));
    String bad = inbox.accept(event("bad", "{}"));
    String waiting = inbox.accept(event("waiting", "{}"));
    door.node
        .transaction()
        .run(
            () -> {
              inbox.done(List.of(done));
              inbox.quarantine(bad, "unreadable");
            });
    assertThat(swept(Duration.ofDays(30), done, bad, waiting)).containsExactly(done, bad, waiting);
    assertThat(swept(Duration.ofSeconds(1), done, bad, waiting)).containsExactly(bad, waiting);
    assertThat(swept(Duration.ofDays(61), done, bad, waiting)).containsExactly(waiting);
  }

  private List<String> swept(Duration later, String... receipts) {
    door.clock.move(later);
    inbox.sweep();
    return List.of(receipts).stream().filter(receipt -> inbox.find(receipt).isPresent()).toList();
  }

  @Test
  void thousands_of_old_events_go_in_small_bites() {
    door.node.sql(
        """
        INSERT INTO receipts (id, sender, format, received_at, body, state, settled_at)
        SELECT 'old-' || n, 'queue', 'auto', now(), '{}', 'DONE', '2020-01-01'
        FROM generate_series(1, 2500) n""");
    inbox.sweep();
    assertThat(inbox.find("old-1")).isEmpty();
    assertThat(inbox.find("old-2500")).isEmpty();
  }
}
