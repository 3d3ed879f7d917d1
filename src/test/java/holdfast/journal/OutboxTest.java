package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.plan.AssetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final AssetId ASSET = AssetId.parse("roleferry/database");

  private final SettableClock clock = SettableClock.at("2026-11-21T02:00:01Z");
  private JournalNode node;

  @BeforeEach
  void a_journal() {
    node = JournalNode.fresh(clock);
  }

  @Test
  void an_event_is_one_row_per_channel_and_reads_back_whole() {
    Event event = put("slack", "email");

    assertThat(node.outbox().recent(5))
        .extracting(Outbox.Entry::channel)
        .containsExactly("email", "slack");
    assertThat(Event.read(node.outbox().ofRun("r1").get(0).event())).isEqualTo(event);
    assertThat(event.json()).contains("\"asset\":\"roleferry/database\"");
  }

  @Test
  void senders_on_many_threads_never_claim_a_message_twice() throws Exception {
    for (int i = 0; i < 60; i++) {
      put("slack");
    }
    put("email");
    ExecutorService senders = Executors.newFixedThreadPool(6);
    try {
      List<Future<List<Long>>> claims = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        claims.add(senders.submit(() -> claim("slack")));
      }
      List<Long> claimed = new ArrayList<>();
      for (Future<List<Long>> claim : claims) {
        assertThat(claim.get()).hasSizeLessThanOrEqualTo(10);
        claimed.addAll(claim.get());
      }
      claimed.addAll(claim("slack"));
      assertThat(claimed).hasSize(60).doesNotHaveDuplicates();
    } finally {
      senders.shutdownNow();
    }
    assertThat(claim("email")).hasSize(1);
  }

  @Test
  void a_delivered_message_is_not_claimed_again_and_keeps_its_receipt() {
    put("slack");
    long id = claim("slack").get(0);
    node.outcomes().delivered(id, "ok");
    node.outcomes().delivered(id, "ok again");
    node.outcomes().failed(id, "too late");

    Outbox.Entry entry = node.outbox().recent(1).get(0);
    assertThat(entry.state()).isEqualTo(Outbox.State.DELIVERED);
    assertThat(entry.receipt()).isEqualTo("ok");
    assertThat(entry.deliveredAt()).isEqualTo(clock.instant());
    assertThat(claim("slack")).isEmpty();
  }

  @Test
  void messages_about_several_incidents_at_once_do_not_join_one_another() {
    for (String incident : List.of("", "i1")) {
      node.transaction().run(() -> node.outbox().tell("slack", incident, "{\"incident\":\"\"}"));
      node.outcomes().delivered(claim("slack").get(0), "ok", "1763.1");
    }
    assertThat(node.outcomes().reference("slack", "i1")).contains("1763.1");
    assertThat(node.outcomes().reference("slack", "")).isEmpty();
  }

  @Test
  void why_a_message_failed_is_known_also_once_it_is_delivered() {
    put("slack");
    node.outcomes().failed(claim("slack").get(0), "503 from the webhook");
    node.outcomes().delivered(node.outbox().recent(1).get(0).id(), "ok");
    assertThat(node.outbox().recent(1).get(0).error()).isNull();
    assertThat(node.transaction().sql("SELECT failure FROM outbox").query(String.class).single())
        .isEqualTo("503 from the webhook");
  }

  @Test
  void a_failed_message_waits_and_is_given_up_after_twelve_attempts() {
    put("slack");
    for (int attempt = 1; attempt <= Backoff.ATTEMPTS; attempt++) {
      List<Long> claimed = claim("slack");
      assertThat(claimed).as("attempt %d", attempt).hasSize(1);
      node.outcomes().failed(claimed.get(0), "503 from the webhook");
      assertThat(claim("slack")).as("not before its time").isEmpty();
      node.sql("UPDATE outbox SET next_attempt_at = now()");
    }

    Outbox.Entry entry = node.outbox().recent(1).get(0);
    assertThat(entry.state()).isEqualTo(Outbox.State.DEAD);
    assertThat(entry.attempts()).isEqualTo(12);
    assertThat(entry.error()).isEqualTo("503 from the webhook");
    assertThat(claim("slack")).isEmpty();
  }

  @Test
  void the_message_of_a_dead_sender_comes_back_and_is_at_last_given_up() {
    put("slack");
    for (int attempt = 1; attempt <= Backoff.ATTEMPTS; attempt++) {
      assertThat(claim("slack")).hasSize(1);
      assertThat(claim("slack")).isEmpty();
      node.sql("UPDATE outbox SET claimed_until = now()");
    }

    assertThat(claim("slack")).isEmpty();
    node.reconciler().closeLapsed();
    assertThat(node.outbox().recent(1).get(0).state()).isEqualTo(Outbox.State.DEAD);
  }

  private Event put(String... channels) {
    Event event =
        new Event(
            Event.Type.POINT_GOOD,
            ASSET,
            "r1",
            "r1",
            clock.instant(),
            Map.of("sealedBytes", 12, "stores", List.of("primary")),
            List.of(channels));
    node.transaction().run(() -> node.outbox().add(event));
    return event;
  }

  private List<Long> claim(String channel) {
    return node.claim(channel).stream().map(row -> (Long) row.get("id")).toList();
  }
}
