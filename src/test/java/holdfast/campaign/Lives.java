package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import holdfast.harness.Failpoints;
import holdfast.harness.VictimNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lives of one service. It dies at each of the points named, one after the other, and whenever
 * it has died it is started again.
 */
final class Lives implements AutoCloseable {

  private static final int LINES = 40;
  private static final Duration END = Duration.ofSeconds(60);

  private final Path home;
  private final Failpoints failpoints;
  private final Deque<String> ahead = new ArrayDeque<>();
  private final List<String> passed = new ArrayList<>();
  private @Nullable VictimNode node;
  private int meant;
  private int deaths;

  Lives(Path home) {
    this.home = home;
    this.failpoints = new Failpoints(home);
  }

  /** From now on these are the points; what was passed or not reached before is forgotten. */
  void shallDieAt(List<String> points) throws IOException {
    note();
    passed.clear();
    ahead.clear();
    ahead.addAll(points);
    arm();
  }

  private void arm() throws IOException {
    failpoints.arm(ahead.isEmpty() ? "" : ahead.element());
  }

  private void note() throws IOException {
    if (!ahead.isEmpty() && !failpoints.armed()) {
      passed.add(ahead.remove());
      meant++;
      awaitDeath();
    }
  }

  /** It disarms its failpoint a moment before it dies of it. */
  private void awaitDeath() {
    if (node != null) {
      node.kill();
    }
  }

  /** Whether it has died at each of the points. */
  boolean through() throws IOException {
    note();
    return ahead.isEmpty();
  }

  /** Where it has died since the points were named. */
  List<String> passed() throws IOException {
    note();
    return List.copyOf(passed);
  }

  /** Kills the service now, as {@code kill -9}. */
  void kill() throws IOException {
    meant++;
    node().kill();
  }

  /** The service that lives now; before the first and after each death a new one. */
  VictimNode node() throws IOException {
    while (true) {
      if (node == null) {
        node = VictimNode.begin(home);
      }
      if (node.alive() && node.answers()) {
        return node;
      }
      if (node.alive()) {
        throw new IllegalStateException("The service does not answer; it said: " + lastWords());
      }
      bury();
    }
  }

  private void bury() throws IOException {
    node = null;
    deaths++;
    note();
    if (deaths > meant) {
      throw new IllegalStateException("The service died of itself; it said: " + lastWords());
    }
    arm();
  }

  int deaths() {
    return deaths;
  }

  /** Every point reached since it was asked last, in the order first reached. */
  List<String> reached() throws IOException {
    List<String> reached = failpoints.reached().stream().distinct().toList();
    failpoints.forget();
    return reached;
  }

  /** The end of the log of all lives. */
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(home.resolve("log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  /** Without the farewell of an operator's stop, which waits for every queue to answer. */
  @Override
  public void close() throws IOException {
    if (node != null) {
      node.kill();
    }
    // Its journal's server ends with it, by itself.
    Path lock = home.resolve(".holdfast/journal/data/postmaster.pid");
    await().atMost(END).until(() -> !Files.exists(lock));
  }
}
