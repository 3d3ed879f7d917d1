package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.plan.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run between the answer to whoever asked for it, and its turn. */
class QueuedRunsTest {

  private static final AssetId ASSET = AssetId.parse("roleferry/database");
  private static final Instant FIRE = Instant.parse("2026-11-21T02:00:00Z");

  private final SettableClock clock = SettableClock.at("2026-11-21T02:00:01Z");
  private JournalNode one;
  private JournalNode two;

  @BeforeEach
  void two_nodes_on_one_database() {
    one = JournalNode.fresh(clock, "slack");
    two = one.sibling(clock, "slack");
  }

  @Test
  void a_queued_run_is_there_for_everybody_and_begins_in_its_own_row() {
    Runs.Request request = backup();
    Run queued = one.runs().queue(request);
    assertThat(queued.over()).isFalse();
    assertThat(two.runs().find(request.id())).contains(queued);
    assertThat(two.runs().recent(ASSET, 5)).containsExactly(queued);

    clock.move(Duration.ofMinutes(5));
    Run begun = one.runs().begin(request);

    assertThat(two.runs().recent(ASSET, 5)).containsExactly(begun);
    assertThat(begun.state()).isEqualTo(Run.State.RUNNING);
    assertThat(begun.startedAt()).isEqualTo(clock.instant());
    assertThat(begun.token()).isEqualTo(1);
    one.runs().heartbeat(begun, null);
    one.runs().succeed(begun, begun.id(), List.of());
    assertThatThrownBy(() -> one.runs().begin(request)).hasMessageContaining(request.id());
    assertThatThrownBy(() -> one.runs().queue(request)).hasMessageContaining(request.id());
  }

  @Test
  void one_whose_asset_is_busy_when_its_turn_comes_is_skipped_in_its_own_row() {
    Runs.Request request = backup();
    one.runs().queue(request);
    Run running = two.runs().begin(backup());

    assertThatThrownBy(() -> one.runs().begin(request)).hasMessageContaining(running.id());

    assertThat(one.runs().recent(ASSET, 5)).hasSize(2);
    assertThat(state(request)).isEqualTo(Run.State.SKIPPED);
    assertThat(told(request)).containsExactly(Event.Type.BACKUP_SKIPPED);
  }

  @Test
  void one_that_is_cancelled_ends_at_once_is_told_of_and_never_begins() {
    Runs.Request request = backup();
    one.runs().queue(request);
    two.runs().cancel(request.id(), "ada");

    Run ended = one.runs().find(request.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(Run.State.CANCELLED);
    assertThat(ended.failure()).contains("cancelled by ada");
    assertThat(told(request)).containsExactly(Event.Type.BACKUP_FAILED);
    assertThatThrownBy(() -> one.runs().begin(request)).hasMessageContaining(request.id());
    assertThat(one.runs().begin(backup()).state()).isEqualTo(Run.State.RUNNING);
  }

  @Test
  void one_whose_process_died_is_closed_as_abandoned_and_told_of_and_one_that_is_kept_is_not() {
    Runs.Request lost = backup();
    Runs.Request kept = backup();
    one.runs().queue(lost);
    one.runs().queue(kept);
    one.sql("UPDATE runs SET alive_until = now() - interval '1 second'");
    assertThat(one.runs().keepQueued(Set.of(kept.id(), "another"))).containsExactly(kept.id());

    assertThat(two.reconciler().closeLapsed()).isEqualTo(1);
    assertThat(two.reconciler().closeLapsed()).isZero();

    assertThat(state(kept)).isEqualTo(Run.State.QUEUED);
    Run closed = one.runs().find(lost.id()).orElseThrow();
    assertThat(closed.state()).isEqualTo(Run.State.ABANDONED);
    assertThat(closed.failure()).contains("before the run began: ask for it again");
    assertThat(told(lost)).containsExactly(Event.Type.BACKUP_FAILED);
  }

  @Test
  void a_process_that_ends_closes_what_waits_and_nothing_else() {
    Runs.Request waits = backup();
    Runs.Request runs = backup();
    one.runs().queue(waits);
    one.runs().begin(runs);

    one.runs().abandonQueued(List.of(waits.id(), runs.id()));

    assertThat(state(waits)).isEqualTo(Run.State.ABANDONED);
    assertThat(state(runs)).isEqualTo(Run.State.RUNNING);
  }

  @Test
  void a_fire_whose_run_waits_long_is_not_missed() {
    one.runs().fire(ASSET, "nightly", FIRE, false);
    one.runs()
        .queue(
            new Runs.Request(
                one.ids().next(), Run.Kind.BACKUP, ASSET, "schedule:nightly", "ada", FIRE, null));
    clock.move(Duration.ofHours(1));

    assertThat(one.runs().missIdle(Duration.ofMinutes(15))).isZero();
    assertThat(one.runs().fire(ASSET, "nightly", FIRE, false)).isFalse();
  }

  private Run.State state(Runs.Request request) {
    return one.runs().find(request.id()).orElseThrow().state();
  }

  private List<Event.Type> told(Runs.Request request) {
    return one.outbox().ofRun(request.id()).stream()
        .map(entry -> Event.read(entry.event()).type())
        .toList();
  }

  private Runs.Request backup() {
    return new Runs.Request(one.ids().next(), Run.Kind.BACKUP, ASSET, "cli", "ada", null, null);
  }
}
