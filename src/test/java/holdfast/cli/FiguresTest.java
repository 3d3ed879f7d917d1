package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SettableClock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 KB",
    "1234567, 1.2 MB",
    "98765432, 99 MB",
    "5000000000, 5.0 GB"
  })
  void bytes_are_read_at_a_glance(long bytes, String words) {
    assertThat(Figures.bytes(bytes)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"PT42S, 42 s", "PT3M5S, 3 min 5 s", "PT2H10M, 2 h 10 min", "PT97H, 4 d 1 h"})
  void durations_have_two_parts_at_most(String duration, String words) {
    assertThat(Figures.duration(Duration.parse(duration))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"2026-11-21T01:00:00Z, 1 h 0 min ago", "'', never", "null, never"})
  void moments_are_told_by_their_age(String instant, String words) {
    assertThat(Figures.ago(instant, SettableClock.at("2026-11-21T02:00:00Z"))).isEqualTo(words);
  }
}
