package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent, reading it ends soon, in alarms within their bounds or in one sentence. {@code
 * -Dfuzz.events}, {@code -Dfuzz.time} and {@code -Dfuzz.seed} widen it.
 */
class AlarmReaderFuzzTest {

  private static final String[] FORMATS = {
    "auto", "auto", "auto", "generic", "alertmanager", "grafana", "mongodb-atlas", "pagerduty"
  };
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  /** Of the processor, so that a busy machine makes no event slow. */
  private static final Duration SLOWEST = Duration.ofMillis(50);

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  @Test
  void no_event_is_too_wrong_to_be_read(@TempDir Path home) throws IOException {
    AlarmReader reader = new AlarmReader(AlarmPlans.of(home, AlarmPlans.SENDERS, ""));
    EventMutator mutator =
        new EventMutator(EventMutator.seeds(), Long.getLong("fuzz.seed", 20260304L));
    int events = Integer.getInteger("fuzz.events", 200_000);
    long end =
        System.nanoTime() + Duration.parse(System.getProperty("fuzz.time", "PT20S")).toNanos();
    int read = 0;
    int understood = 0;
    long slowest = 0;
    while (read < events && System.nanoTime() < end) {
      String body = mutator.next();
      long start = CPU.getCurrentThreadCpuTime();
      Reading reading = reader.read(arrival(body, read));
      slowest = Math.max(slowest, CPU.getCurrentThreadCpuTime() - start);
      assertThat(complaint(reading)).as(body).isEmpty();
      understood += reading.alarms().isEmpty() ? 0 : 1;
      read++;
    }
    System.out.printf(
        "fuzz: %d events, %d understood, slowest %d us%n", read, understood, slowest / 1000);
    assertThat(Duration.ofNanos(slowest)).isLessThan(SLOWEST);
    assertThat(read).isGreaterThan(Math.min(events, 2_000) / 2);
    assertThat(understood).isBetween(read / 20, read - read / 20);
  }

  private static Arrival arrival(String body, int number) {
    return new Arrival(
        "r" + number, "checks", FORMATS[number % FORMATS.length], NOW, null, Map.of(), body);
  }

  /** What is wrong with the answer; empty where nothing is. */
  private static String complaint(Reading reading) {
    if (reading.alarms().isEmpty()) {
      String refused = String.valueOf(reading.refused());
      boolean sentence = refused.endsWith(".") && refused.length() < 200;
      return sentence && !refused.contains("went wrong") ? "" : "refused: " + refused;
    }
    long open =
        reading.alarms().stream().filter(alarm -> alarm.state() != Alarm.State.CLEARED).count();
    return open > AlarmReader.MAX_ALARMS
        ? "too many alarms"
        : reading.alarms().stream()
            .map(AlarmReaderFuzzTest::complaint)
            .filter(complaint -> !complaint.isEmpty())
            .findFirst()
            .orElse("");
  }

  private static String complaint(Alarm alarm) {
    Alarm.Subject about = alarm.subject();
    boolean lines =
        Stream.of(alarm.name(), alarm.title(), about.resource(), about.account(), about.region())
                .allMatch(AlarmReaderFuzzTest::isLine)
            && alarm.facts().keySet().stream().allMatch(AlarmReaderFuzzTest::isLine)
            && alarm.facts().values().stream().allMatch(AlarmReaderFuzzTest::isLine);
    boolean bounded =
        alarm.facts().size() < 50
            && alarm.text().length() < Clean.TEXT + 20
            && alarm.text().chars().allMatch(c -> c == '\n' || isPrintable(c))
            && alarm.fingerprint().length() < 60;
    boolean timely =
        !alarm.at().isBefore(FIRST) && !alarm.at().isAfter(NOW.plus(1, ChronoUnit.DAYS));
    return lines && bounded && timely ? "" : alarm.toString();
  }

  private static boolean isLine(String text) {
    return text.length() < Clean.LINE + 20
        && text.chars().allMatch(AlarmReaderFuzzTest::isPrintable);
  }

  private static boolean isPrintable(int c) {
    return c >= 32 && c != 127;
  }
}
