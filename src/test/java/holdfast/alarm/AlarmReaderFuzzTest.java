package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
  private static final Duration SLOWEST = Duration.ofMillis(50);

  @Test
  void no_event_is_too_wrong_to_be_read(@TempDir Path home) throws IOException {
    AlarmReader reader = new AlarmReader(AlarmPlans.of(home, AlarmPlans.SENDERS, ""));
    EventMutator mutator =
        new EventMutator(EventMutator.seeds(), Long.getLong("fuzz.seed", 20260304L));
    int events = Integer.getInteger("fuzz.events", 200_000);
    long end =
        System.nanoTime() + Duration.parse(System.getProperty("fuzz.time", "PT20S")).toNanos();
    int read = 0;
    int slow = 0;
    int understood = 0;
    while (read < events && System.nanoTime() < end) {
      String body = mutator.next();
      long start = System.nanoTime();
      Reading reading = reader.read(arrival(body, read));
      slow += System.nanoTime() - start > SLOWEST.toNanos() && again(reader, body, read) ? 1 : 0;
      check(body, reading);
      understood += reading.alarms().isEmpty() ? 0 : 1;
      read++;
    }
    System.out.printf("fuzz: %d events, %d understood, %d slow%n", read, understood, slow);
    assertThat(slow).isZero();
    assertThat(read).isGreaterThan(events / 20);
    assertThat(understood).isBetween(read / 20, read - read / 20);
  }

  /** A pause of the machine is no slow event: that one is slow every time. */
  private static boolean again(AlarmReader reader, String body, int number) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      reader.read(arrival(body, number));
      best = Math.min(best, System.nanoTime() - start);
    }
    return best > SLOWEST.toNanos();
  }

  private static Arrival arrival(String body, int number) {
    return new Arrival(
        "r" + number,
        "checks",
        FORMATS[number % FORMATS.length],
        Instant.parse("2026-11-20T12:00:00Z"),
        null,
        Map.of(),
        body);
  }

  private static void check(String body, Reading reading) {
    assertThat(reading.alarms().size()).as(body).isLessThanOrEqualTo(AlarmReader.MAX_ALARMS);
    if (reading.alarms().isEmpty()) {
      assertThat(reading.refused()).as(body).isNotBlank().endsWith(".").hasSizeLessThan(200);
      assertThat(reading.refused()).as(body).doesNotContain("went wrong");
    }
    for (Alarm alarm : reading.alarms()) {
      line(body, alarm.name());
      line(body, alarm.title());
      line(body, alarm.subject().resource());
      line(body, alarm.subject().account());
      line(body, alarm.subject().region());
      alarm.facts().forEach((name, value) -> line(body, name + value));
      plain(body, alarm.text().replace("\n", ""), Clean.TEXT);
      assertThat(alarm.facts().size()).as(body).isLessThan(50);
      assertThat(alarm.fingerprint()).as(body).hasSizeBetween(30, 60);
      assertThat(alarm.at()).as(body).isBetween("2000-01-01T00:00:00Z", "2026-11-21T12:00:00Z");
    }
  }

  private static void line(String body, String text) {
    plain(body, text, 2 * Clean.LINE);
  }

  private static void plain(String body, String text, int limit) {
    if (text.length() > limit + 20 || text.chars().anyMatch(c -> c < 32 || c == 127)) {
      assertThat(text).as(body).isEqualTo("a bounded text without control characters");
    }
  }
}
