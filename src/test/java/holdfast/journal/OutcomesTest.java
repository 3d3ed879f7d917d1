package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T02:00:01Z");
  private final JournalNode node = JournalNode.fresh(clock);

  @Test
  void a_server_that_asks_for_a_second_does_not_use_up_the_attempts_within_seconds() {
    tell("duty", "I-1", "OPENED", "CRITICAL");
    for (int attempt = 1; attempt < Backoff.ATTEMPTS; attempt++) {
      long id = claim("duty").get(0);
      node.outcomes().failed(id, "503", Duration.ofSeconds(1));
      long wait = Backoff.after(attempt).orElseThrow().toSeconds();
      assertThat(secondsToWait(id)).as("attempt %d", attempt).isBetween(wait - 3, wait);
      node.sql("UPDATE outbox SET next_attempt_at = now()");
    }
  }

  @Test
  void a_server_that_asks_for_longer_is_left_alone_for_longer() {
    tell("duty", "I-1", "OPENED", "CRITICAL");
    long id = claim("duty").get(0);
    node.outcomes().failed(id, "503", Duration.ofMinutes(20));

    assertThat(secondsToWait(id)).isBetween(1195L, 1200L);
  }

  @Test
  void what_is_about_several_incidents_begins_no_thread() {
    tell("chat", "", "DIGEST", "HIGH");
    tell("chat", "I-1", "OPENED", "HIGH");
    claim("chat").forEach(id -> node.outcomes().delivered(id, "ok", "ts-" + id));

    assertThat(node.outcomes().reference("chat", "")).isEmpty();
    assertThat(node.outcomes().reference("chat", "I-1")).isPresent();
  }

  @Test
  void what_was_taken_back_or_claimed_again_is_not_sent_by_its_first_sender() {
    tell("chat", "I-1", "OPENED", "HIGH");
    tell("chat", "I-1", "ESCALATED", "HIGH");
    tell("chat", "I-2", "OPENED", "HIGH");
    List<Long> inHand = claim("chat");
    assertThat(inHand).hasSize(3).allMatch(id -> node.outcomes().stands(id, 1));
    withdraw("I-1");
    assertThat(node.outcomes().stands(inHand.get(0), 1)).isFalse();
    assertThat(node.outcomes().stands(inHand.get(1), 1)).isFalse();
    assertThat(node.outbox().ofIncident("I-1"))
        .extracting(Outbox.Entry::state)
        .containsOnly(Outbox.State.DROPPED);
    node.sql("UPDATE outbox SET claimed_until = now()");
    assertThat(claim("chat")).containsExactly(inHand.get(2));

    assertThat(node.outcomes().stands(inHand.get(2), 1)).isFalse();
    assertThat(node.outcomes().stands(inHand.get(2), 2)).isTrue();
  }

  @Test
  void that_it_is_over_waits_for_the_call_that_another_sender_has_in_hand() {
    tell("chat", "I-1", "OPENED", "HIGH");
    long call = claim("chat").get(0);
    withdraw("I-1");
    tell("chat", "I-1", "RESOLVED", "HIGH");
    tell("chat", "I-2", "RESOLVED", "HIGH");
    assertThat(claim("chat")).hasSize(1).doesNotContain(call);
    assertThat(claim("chat")).isEmpty();
    node.outcomes().failed(call, "503");

    assertThat(claim("chat")).hasSize(1);
  }

  @Test
  void a_critical_message_is_claimed_before_all_that_wait_longer() {
    for (int i = 0; i < 10; i++) {
      tell("chat", "I-" + i, "OPENED", "MEDIUM");
    }
    tell("chat", "I-99", "OPENED", "CRITICAL");

    assertThat(claim("chat").get(0)).isEqualTo(node.outbox().ofIncident("I-99").get(0).id());
  }

  private long secondsToWait(long id) {
    return node.transaction()
        .sql("SELECT ceil(extract(epoch FROM next_attempt_at - now())) FROM outbox WHERE id = :id")
        .param("id", id)
        .query(Long.class)
        .single();
  }

  private void withdraw(String incident) {
    node.transaction().run(() -> node.outbox().withdraw(incident));
  }

  private void tell(String channel, String incident, String type, String severity) {
    String notice =
        "{\"incident\": \"%s\", \"type\": \"%s\", \"severity\": \"%s\"}"
            .formatted(incident, type, severity);
    node.transaction().run(() -> node.outbox().tell(channel, incident, notice));
  }

  private List<Long> claim(String channel) {
    return node.claim(channel).stream().map(row -> (Long) row.get("id")).toList();
  }
}
