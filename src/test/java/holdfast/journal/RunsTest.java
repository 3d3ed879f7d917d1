package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import holdfast.harness.JournalNode;
import holdfast.harness.Postgres;
import holdfast.harness.SettableClock;
import holdfast.plan.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest {

  private static final AssetId ASSET = AssetId.parse("roleferry/database");
  private static final Instant FIRE = Instant.parse("2026-11-21T02:00:00Z");

  private final SettableClock clock = SettableClock.at("2026-11-21T02:00:01Z");
  private JournalNode one;
  private JournalNode two;

  @BeforeEach
  void two_nodes_on_one_database() {
    one = JournalNode.fresh(clock, "slack", "email");
    two = one.sibling(clock, "slack", "email");
  }

  @Test
  void one_of_two_nodes_wins_each_fire() throws Exception {
    for (int minute = 0; minute < 20; minute++) {
      Instant fire = FIRE.plusSeconds(60L * minute);
      assertThat(
              together(
                  List.of(
                      () -> one.runs().fire(ASSET, "nightly", fire, false),
                      () -> two.runs().fire(ASSET, "nightly", fire, false),
                      () -> two.runs().fire(ASSET, "weekly", fire, false))))
          .containsOnlyOnce(true);
    }
  }

  @Test
  void one_of_many_concurrent_backups_gets_the_lease_and_the_others_are_recorded_as_skipped()
      throws Exception {
    List<Callable<String>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      JournalNode node = i % 2 == 0 ? one : two;
      starts.add(() -> outcome(node));
    }

    assertThat(together(starts)).containsOnlyOnce("RUNNING");
    assertThat(one.runs().recent(ASSET, 20))
        .extracting(Run::state)
        .containsOnly(Run.State.RUNNING, Run.State.SKIPPED)
        .hasSize(8)
        .containsOnlyOnce(Run.State.RUNNING);
    assertThat(one.audit().verify()).isEqualTo(new Audit.Verdict(8, 0));
  }

  private static String outcome(JournalNode node) {
    try {
      return begin(node).state().name();
    } catch (RunException e) {
      return e.code().name();
    }
  }

  @Test
  void an_overlapping_backup_is_skipped_with_a_sentence_and_a_message() {
    Run running = begin(one);
    clock.move(Duration.ofMillis(1));

    assertThatThrownBy(() -> begin(two))
        .asInstanceOf(type(RunException.class))
        .satisfies(
            busy -> {
              assertThat(busy.code()).isEqualTo(Code.BUSY);
              assertThat(busy).hasMessageContainingAll("roleferry/database", running.id());
            });
    Run skipped = one.runs().recent(ASSET, 1).get(0);
    assertThat(skipped.state()).isEqualTo(Run.State.SKIPPED);
    assertThat(skipped.failureCode()).isEqualTo(Code.BUSY);
    assertThat(one.outbox().ofRun(skipped.id()))
        .extracting(Outbox.Entry::channel)
        .containsExactly("slack", "email");
    assertThat(Event.read(one.outbox().ofRun(skipped.id()).get(0).event()).type())
        .isEqualTo(Event.Type.BACKUP_SKIPPED);
  }

  @Test
  void tokens_only_grow() {
    Run first = begin(one);
    one.runs().succeed(first, first.id(), List.of());
    Run second = begin(two);
    two.runs().fail(second, broken(), List.of());
    Run third = begin(one);

    assertThat(List.of(first.token(), second.token(), third.token())).containsExactly(1L, 2L, 3L);
    assertThatThrownBy(() -> one.sql("UPDATE leases SET token = 1"))
        .hasMessageContaining("only grows");
  }

  @Test
  void a_zombie_that_lost_its_lease_can_neither_beat_nor_end_well() {
    Run zombie = begin(one);
    lapse(zombie);
    Run heir = begin(two);

    assertThat(heir.token()).isGreaterThan(zombie.token());
    assertThat(one.runs().find(zombie.id()).orElseThrow().state()).isEqualTo(Run.State.ABANDONED);
    assertFenced(() -> one.runs().heartbeat(zombie, null));
    assertFenced(() -> one.transaction().run(() -> one.runs().requireFence(zombie)));
    assertFenced(() -> one.runs().succeed(zombie, zombie.id(), List.of()));
    one.runs().fail(zombie, broken(), List.of(event(zombie)));
    two.runs().succeed(heir, heir.id(), List.of());
    assertThat(two.runs().find(heir.id()).orElseThrow().state()).isEqualTo(Run.State.SUCCEEDED);
  }

  @Test
  void a_lease_that_ran_out_but_that_nobody_took_is_kept_by_the_next_heartbeat() {
    Run run = begin(one);
    lapse(run);
    one.runs().heartbeat(run, null);

    assertThat(one.runs().lapsed()).isEmpty();
    assertThatThrownBy(() -> begin(two)).hasMessageContaining(run.id());
  }

  @Test
  void failing_twice_is_told_once() {
    Run run = begin(one);
    one.runs().fail(run, broken(), List.of(event(run)));
    long entries = one.audit().verify().entries();
    two.runs().fail(run, broken(), List.of(event(run)));

    assertThat(one.outbox().ofRun(run.id())).hasSize(2);
    assertThat(one.audit().verify()).isEqualTo(new Audit.Verdict(entries, 0));
    Run failed = one.runs().find(run.id()).orElseThrow();
    assertThat(failed.failure()).isEqualTo(broken().getMessage());
    assertThat(failed.state()).isEqualTo(Run.State.FAILED);
    assertThat(failed.point()).isNull();
  }

  @Test
  void a_run_whose_process_died_is_closed_as_abandoned_once_and_told_of() {
    Run backup = begin(one);
    Run proof =
        one.runs()
            .begin(
                new Runs.Request(
                    one.ids().next(), Run.Kind.VERIFY, ASSET, "proof", "holdfast", null, "p1"));
    assertThat(two.reconciler().closeLapsed()).isZero();
    lapse(backup);
    lapse(proof);

    assertThat(two.reconciler().closeLapsed()).isEqualTo(2);
    assertThat(one.reconciler().closeLapsed()).isZero();
    assertThat(types(backup)).containsOnly(Event.Type.BACKUP_FAILED);
    assertThat(types(proof)).containsOnly(Event.Type.PROOF_IMPOSSIBLE);
    assertThat(one.runs().find(backup.id()).orElseThrow().failureCode()).isEqualTo(Code.ABANDONED);
    assertThat(begin(one).token()).isEqualTo(2);
  }

  @Test
  void a_cancelled_run_hears_of_it_at_its_next_heartbeat() {
    Run run = begin(one);
    two.runs().cancel(run.id(), "ada");

    assertThatThrownBy(() -> one.runs().heartbeat(run, null))
        .asInstanceOf(type(RunException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.CANCELLED))
        .satisfies(e -> one.runs().fail(run, e, List.of()));
    assertThat(one.runs().find(run.id()).orElseThrow().state()).isEqualTo(Run.State.CANCELLED);
    assertThatThrownBy(() -> two.runs().cancel(run.id(), "ada")).hasMessageContaining(run.id());
  }

  @Test
  void progress_is_kept_as_it_was_told() {
    Run run = begin(one);
    Run.Progress progress = new Run.Progress("dump", 5_000_000_000L, null, 70, 3L);
    one.runs().heartbeat(run, progress);
    one.runs().heartbeat(run, null);

    assertThat(two.runs().find(run.id()).orElseThrow().progress()).isEqualTo(progress);
  }

  @Test
  void an_ended_run_is_kept_as_it_is_even_from_sql() {
    Run run = begin(one);
    one.runs().succeed(run, run.id(), List.of());

    assertThatThrownBy(() -> one.sql("UPDATE runs SET state = 'RUNNING', ended_at = NULL"))
        .hasMessageContaining("has ended");
    assertThatThrownBy(() -> one.sql("DELETE FROM runs")).hasMessageContaining("has ended");
  }

  @Test
  void the_same_id_never_begins_twice() {
    Runs.Request request =
        new Runs.Request("r1", Run.Kind.RESTORE, ASSET, "cli", "ada", null, "p1");
    one.runs().begin(request);

    assertThatThrownBy(() -> two.runs().begin(request))
        .asInstanceOf(type(RunException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.REFUSED));
  }

  @Test
  void a_journal_that_is_away_is_a_retryable_sentence() {
    Postgres.run("postgres", "ALTER DATABASE " + one.database() + " ALLOW_CONNECTIONS false");

    assertThatThrownBy(() -> one.runs().recent(null, 1))
        .asInstanceOf(type(RunException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.UNREACHABLE))
        .satisfies(e -> assertThat(e.retryable()).isTrue());
  }

  @Test
  void runs_are_counted_by_how_they_ended() {
    Run good = begin(one);
    one.runs().succeed(good, good.id(), List.of());
    clock.move(Duration.ofDays(1));
    one.runs().fail(begin(one), broken(), List.of());

    assertThat(one.runs().tally(ASSET, Run.Kind.BACKUP, FIRE.minusSeconds(1)))
        .containsEntry(Run.State.SUCCEEDED, 1L)
        .containsEntry(Run.State.FAILED, 1L);
    assertThat(one.runs().tally(ASSET, Run.Kind.BACKUP, FIRE.plusSeconds(3600)))
        .containsOnlyKeys(Run.State.FAILED);
  }

  private List<Event.Type> types(Run run) {
    return one.outbox().ofRun(run.id()).stream()
        .map(entry -> Event.read(entry.event()).type())
        .toList();
  }

  private static void assertFenced(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act)
        .asInstanceOf(type(RunException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.FENCED));
  }

  private void lapse(Run run) {
    one.sql(
        "UPDATE runs SET alive_until = now() - interval '1 second' WHERE id = '" + run.id() + "'",
        "UPDATE leases SET expires_at = now() - interval '1 second' WHERE run_id = '"
            + run.id()
            + "'");
  }

  private static Run begin(JournalNode node) {
    return node.runs()
        .begin(
            new Runs.Request(node.ids().next(), Run.Kind.BACKUP, ASSET, "cli", "ada", null, null));
  }

  private static RunException broken() {
    return new RunException(Code.PROGRAM_FAILED, "roleferry/database", false, "It broke.");
  }

  private Event event(Run run) {
    return Event.failed(run, broken(), clock.instant(), List.of("slack", "email"));
  }

  /** Starts all at one moment, each on a thread of its own. */
  private static <T> List<T> together(List<Callable<T>> acts) throws Exception {
    CyclicBarrier gate = new CyclicBarrier(acts.size());
    ExecutorService threads = Executors.newFixedThreadPool(acts.size());
    try {
      List<Future<T>> results = new ArrayList<>();
      for (Callable<T> act : acts) {
        results.add(
            threads.submit(
                () -> {
                  gate.await();
                  return act.call();
                }));
      }
      List<T> values = new ArrayList<>();
      for (Future<T> result : results) {
        values.add(result.get());
      }
      return values;
    } finally {
      threads.shutdownNow();
    }
  }
}
