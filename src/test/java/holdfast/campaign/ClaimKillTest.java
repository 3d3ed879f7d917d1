package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.harness.Failpoints;
import holdfast.harness.VictimNode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The service dies while a message is claimed; its next life sends it within seconds. */
class ClaimKillTest {

  private static final String READER = " of notify-poll-ops-slack";
  private static final Duration PROMISED = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** The last but one step notes that the message was taken; the last wakes the reader again. */
  private static final int NOTING = -2;

  @Test
  void what_was_claimed_at_a_kill_is_sent_once_within_ten_seconds() throws Exception {
    try (Station station = Station.open(3)) {
      assertThat(toldAfterKillAt(station, 0)).isEqualTo(1);
    }
  }

  @Test
  void what_was_handed_over_at_a_kill_but_not_noted_is_sent_once_more() throws Exception {
    try (Station station = Station.open(3)) {
      assertThat(toldAfterKillAt(station, NOTING)).isEqualTo(2);
    }
  }

  /**
   * How many messages tell of the incident during whose sending the service was killed.
   *
   * @param step counted from the one that follows the claim, or back from the last
   */
  private static long toldAfterKillAt(Station station, int step) throws Exception {
    Failpoints failpoints = new Failpoints(station.home);
    failpoints.arm("");
    try (VictimNode first = station.start()) {
      event(first, "s0-fails");
      until(() -> told(station, "s0-fails") == 1);
      until(() -> steps(failpoints).size() > Math.abs(step));
      List<String> steps = steps(failpoints);
      failpoints.arm(steps.get(step < 0 ? steps.size() + step : step));
      event(first, "s1-fails");
      assertThat(first.ended(PATIENCE)).as("it dies at the step %s", step).isTrue();
    }
    long before = told(station, "s1-fails");
    try (VictimNode second = station.start()) {
      event(second, "s2-fails");
      long up = System.nanoTime(); // health is up no later than the first event is taken
      until(() -> told(station, "s1-fails") > before);
      assertThat(Duration.ofNanos(System.nanoTime() - up)).isLessThan(PROMISED);
      until(() -> unsent(station) == 0);
    }
    return told(station, "s1-fails");
  }

  /** What the reader did with the first message, from its claim on; empty before all is done. */
  private static List<String> steps(Failpoints failpoints) throws IOException {
    List<String> reached =
        failpoints.reached().stream()
            .filter(point -> point.startsWith("step ") && point.endsWith(READER))
            .toList();
    int begin = reached.indexOf(first(reached, "step filter"));
    List<String> after = begin < 0 ? List.of() : reached.subList(begin, reached.size());
    int end = after.indexOf(first(after, "step setVariable"));
    return end < 0 ? List.of() : after.subList(0, end);
  }

  private static String first(List<String> points, String start) {
    return points.stream().filter(point -> point.startsWith(start)).findFirst().orElse("");
  }

  /** Sends it until it is accepted, as senders do. */
  private static void event(VictimNode node, String name) {
    String now = InstantSource.system().instant().toString();
    String body = Station.alert(name, "critical", true, now);
    until(() -> node.event(Station.SENDER, Station.TOKEN, body) == 202);
  }

  private static long told(Station station, String name) {
    return station.receiver.taken("slack").stream()
        .filter(message -> message.parameters().get("text").contains(name))
        .count();
  }

  private static long unsent(Station station) {
    return station
        .journal()
        .sql("SELECT count(*) FROM outbox WHERE state IN ('WAITING', 'SENDING')")
        .query(Long.class)
        .single();
  }

  private static void until(Callable<Boolean> done) {
    await().dontCatchUncaughtExceptions().atMost(PATIENCE).pollInterval(LOOK).until(done);
  }
}
