package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events that others have published, where the environment variable {@code HOLDFAST_EVENTS} names a
 * folder of them, one to a file: those that the table knows mean what it says, and every other is
 * read, or refused in one sentence.
 */
class PublicEventsTest {

  private static final Path TABLE = Path.of("src/test/resources/public-events.txt");

  @Test
  void events_of_others_are_read_as_they_were_meant(@TempDir Path home) throws IOException {
    String folder = System.getenv("HOLDFAST_EVENTS");
    assumeThat(folder).isNotNull();
    AlarmReader reader = new AlarmReader(AlarmPlans.of(home, "", ""));
    List<String> table = Files.readAllLines(TABLE);
    int known = 0;
    for (Path file : files(Path.of(folder))) {
      String name = file.getFileName().toString();
      List<String> rows = table.stream().filter(row -> row.startsWith(name + " ")).toList();
      Reading reading = reader.read(arrival(Files.readString(file)));
      if (rows.isEmpty()) {
        assertThat(reading.alarms().isEmpty()).as(name).isEqualTo(reading.refused() != null);
      } else {
        assertThat(lines(name, reading)).isEqualTo(rows);
        known++;
      }
    }
    assertThat(known).isPositive();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static List<String> lines(String name, Reading reading) {
    if (reading.refused() != null) {
      return List.of(name + " | refused");
    }
    return reading.alarms().stream()
        .map(
            alarm ->
                String.join(
                    " | ",
                    name,
                    alarm.kind(),
                    alarm.state().name(),
                    alarm.severity().words(),
                    alarm.situation().words(),
                    alarm.subject().resource().isEmpty() ? "-" : alarm.subject().resource()))
        .toList();
  }

  private static Arrival arrival(String body) {
    return new Arrival(
        "r1", "cloud", "auto", Instant.parse("2026-11-20T12:00:00Z"), null, Map.of(), body);
  }
}
