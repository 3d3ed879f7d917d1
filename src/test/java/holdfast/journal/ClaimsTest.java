package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes on one journal: whose claims are whose, and what becomes of them at an end. */
class ClaimsTest {

  private static final String CALL = "{\"type\": \"OPENED\", \"n\": %d}";

  private final SettableClock clock = SettableClock.at("2026-11-21T02:00:01Z");
  private final ExecutorService two = Executors.newFixedThreadPool(2);
  private JournalNode first;
  private JournalNode second;
  private JournalNode third;

  @BeforeEach
  void three_nodes() {
    first = JournalNode.fresh(clock);
    second = first.sibling(clock);
    third = first.sibling(clock);
  }

  @AfterEach
  void end() {
    two.shutdownNow();
    List.of(first, second, third).forEach(node -> node.life().close());
  }

  @Test
  void what_an_ended_life_had_claimed_is_due_at_once_and_was_an_attempt() {
    tell("i1", 3);
    List<Long> claimed = claim(first);
    first.life().close();
    assertThat(claim(second)).as("nobody has looked yet").isEmpty();

    assertThat(second.outcomes().giveBack()).isEqualTo(3);

    assertThat(second.outbox().recent(3))
        .allSatisfy(
            entry -> {
              assertThat(entry.state()).isEqualTo(Outbox.State.WAITING);
              assertThat(entry.attempts()).isEqualTo(1);
            });
    assertThat(claim(second)).isEqualTo(claimed).hasSize(3);
  }

  @Test
  void a_start_leaves_the_claims_of_living_nodes_alone() {
    tell("i1", 1);
    List<Long> living = claim(first);
    tell("i1", 1);
    List<Long> dying = claim(second);
    second.life().close();

    third.reconciler().closeLapsed();

    assertThat(claim(third)).isEqualTo(dying).isNotEqualTo(living);
    assertThat(claim(first)).isEmpty();
  }

  @Test
  void a_node_leaves_its_own_claims_alone_even_while_its_connection_is_lost() {
    tell("i1", 1);
    claim(first);
    cutLives();

    assertThat(first.outcomes().giveBack()).isZero();
  }

  @Test
  void a_life_outlives_its_connection() {
    int before = first.life().number();
    tell("i1", 1);
    claim(first);
    cutLives();

    assertThat(first.life().number()).isEqualTo(before);
    assertThat(second.outcomes().giveBack()).isZero();
  }

  @Test
  void no_two_lives_have_one_number_and_the_next_life_has_a_new_one() {
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      try (Life life = new Life(first.source())) {
        numbers.add(life.number());
      }
    }
    assertThat(numbers).hasSize(5);
  }

  @Test
  void two_nodes_that_look_at_once_give_back_each_claim_once() throws Exception {
    for (int round = 0; round < 20; round++) {
      tell("i" + round, 8);
      assertThat(claim(first)).hasSize(8);
      first.life().close();
      first = first.sibling(clock);
      CyclicBarrier start = new CyclicBarrier(2);
      List<Integer> given = new ArrayList<>();
      List<Long> claimed = new ArrayList<>();
      List<Future<List<Long>>> nodes = new ArrayList<>();
      for (JournalNode node : List.of(second, third)) {
        Callable<List<Long>> look =
            () -> {
              start.await();
              int count = node.outcomes().giveBack();
              synchronized (given) {
                given.add(count);
              }
              return claim(node);
            };
        nodes.add(two.submit(look));
      }
      for (Future<List<Long>> node : nodes) {
        claimed.addAll(node.get());
      }
      claimed.addAll(claim(second));
      assertThat(given.stream().mapToInt(Integer::intValue).sum()).isEqualTo(8);
      assertThat(claimed).hasSize(8).doesNotHaveDuplicates();
      claimed.forEach(id -> second.outcomes().delivered(id, "ok"));
    }
  }

  @Test
  void what_was_taken_back_is_dropped_and_not_given_back() {
    tell("i1", 1);
    claim(first);
    second.transaction().run(() -> second.outbox().withdraw("i1"));
    first.life().close();

    assertThat(second.outcomes().giveBack()).isZero();
    assertThat(second.outbox().recent(1).get(0).state()).isEqualTo(Outbox.State.DROPPED);
    assertThat(claim(second)).isEmpty();
  }

  @Test
  void nothing_that_is_given_back_meanwhile_is_claimed_after_it_was_taken_back() throws Exception {
    for (int round = 0; round < 40; round++) {
      String incident = "i" + round;
      tell(incident, 4);
      assertThat(claim(first)).hasSize(4);
      first.life().close();
      first = first.sibling(clock);
      CyclicBarrier start = new CyclicBarrier(2);
      Future<List<Long>> withdrawn =
          two.submit(
              () -> {
                start.await();
                second.transaction().run(() -> second.outbox().withdraw(incident));
                return claim(second);
              });
      Future<Integer> given =
          two.submit(
              () -> {
                start.await();
                return third.outcomes().giveBack();
              });
      given.get();
      assertThat(withdrawn.get()).isEmpty();
      assertThat(claim(second)).isEmpty();
      second.outcomes().giveBack();
      assertThat(second.outbox().ofIncident(incident))
          .allMatch(entry -> entry.state() == Outbox.State.DROPPED);
    }
  }

  @Test
  void the_last_attempt_of_an_ended_life_is_given_up_at_the_next_look() {
    tell("i1", 1);
    first.sql("UPDATE outbox SET attempts = " + (Backoff.ATTEMPTS - 1));
    assertThat(claim(first)).hasSize(1);
    first.life().close();

    assertThat(second.outcomes().giveBack()).isZero();
    assertThat(second.outbox().recent(1).get(0).state()).isEqualTo(Outbox.State.DEAD);
  }

  @Test
  void a_sender_that_hangs_gives_back_after_two_minutes_although_it_lives() {
    tell("i1", 1);
    List<Long> claimed = claim(first);
    first.sql("UPDATE outbox SET claimed_until = claimed_until - interval '2 minutes'");

    assertThat(second.outcomes().giveBack()).isEqualTo(1);
    assertThat(claim(second)).isEqualTo(claimed);
  }

  private void tell(String incident, int messages) {
    first
        .transaction()
        .run(
            () -> {
              for (int i = 0; i < messages; i++) {
                first.outbox().tell("chat", incident, CALL.formatted(i));
              }
            });
  }

  private static List<Long> claim(JournalNode node) {
    return node.claim("chat").stream().map(row -> (Long) row.get("id")).toList();
  }

  /** Ends every connection that holds the lock of a life, as a network does. */
  private void cutLives() {
    first.sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND classid = "
            + Life.LOCKS
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
  }
}
