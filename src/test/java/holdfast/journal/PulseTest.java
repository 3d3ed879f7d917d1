package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.plan.AssetId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The heartbeat of a run on a real journal. */
class PulseTest {

  private static final AssetId ASSET = AssetId.parse("roleferry/database");

  private final JournalNode node = JournalNode.fresh(SettableClock.at("2026-11-21T12:00:00Z"));
  private final Run run =
      node.runs()
          .begin(
              new Runs.Request(
                  node.ids().next(), Run.Kind.BACKUP, ASSET, "cli", "ada", null, null));
  private final List<String> stops = new CopyOnWriteArrayList<>();

  private Pulse pulse() {
    return Pulse.start(node.runs(), run, Duration.ofDays(1), () -> stops.add("work"));
  }

  @Test
  void a_cancelled_run_lives_until_its_work_was_cleaned_up() {
    try (Pulse pulse = pulse()) {
      node.runs().cancel(run.id(), "ada");
      await().until(() -> !stops.isEmpty());
      node.sql(
          "UPDATE runs SET alive_until = now() - interval '1 second'",
          "UPDATE leases SET expires_at = now() - interval '1 second'");
      await().until(() -> node.runs().lapsed().isEmpty());
      assertThatThrownBy(pulse::check).hasMessageContaining("cancelled by ada");
    }
    assertThat(stops).containsExactly("work");
  }

  @Test
  void a_run_that_is_only_kept_alive_keeps_its_progress() {
    Run.Progress progress = new Run.Progress("finish", 5_000, 5_000L, 70, null);
    node.runs().heartbeat(run, progress);
    node.sql("UPDATE runs SET alive_until = now() - interval '1 second'");
    try (Pulse asking = Pulse.keeping(node.runs(), run)) {
      await().until(() -> node.runs().lapsed().isEmpty());
      asking.check();
    }
    assertThat(node.runs().find(run.id()).orElseThrow().progress()).isEqualTo(progress);
  }

  @Test
  void what_runs_for_the_work_is_ended_after_it_and_at_once_when_it_comes_late() {
    try (Pulse pulse = pulse()) {
      pulse.whenStopped(() -> stops.add("program"));
      node.runs().cancel(run.id(), "ada");
      await().until(() -> stops.size() == 2);
      assertThat(stops).containsExactly("work", "program");
      pulse.whenStopped(() -> stops.add("late"));
      assertThat(stops).containsExactly("work", "program", "late");
    }
  }
}
