package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T02:30:00Z");
  private final Words words = new Words(NOW);

  @ParameterizedTest
  @CsvSource({
    "PT0.04S,0.0 s", "PT9.94S,9.9 s", "PT41.3S,41 s", "PT2M5S,2 min 5 s", "PT14M30S,14 min",
    "PT24H,24 h", "PT23H12M,23 h 12 min", "PT47H59M,47 h 59 min", "P3DT4H,3 days 4 h",
        "P90D,90 days"
  })
  void lengths_have_two_units_at_most(Duration length, String said) {
    assertThat(words.duration(length)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T02:29:58Z,just now",
    "2026-11-21T02:29:50.5Z,9 s ago",
    "2026-11-21T02:16:00Z,14 min ago",
    "2026-11-21T05:30:00Z,in 3 h"
  })
  void ages_are_told_from_now(Instant moment, String said) {
    assertThat(words.age(moment)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "999,999 bytes",
    "1000,1.0 kB",
    "99949,99.9 kB",
    "99950,100 kB",
    "999499,999 kB",
    "999500,1.0 MB",
    "1500000000,1.5 GB",
    "9223372036854775807,9223 PB"
  })
  void sizes_are_in_powers_of_a_thousand(long bytes, String said) {
    assertThat(words.bytes(bytes)).isEqualTo(said);
  }

  @Test
  void a_moment_in_another_zone_says_both() {
    assertThat(words.moment(NOW, ZoneId.of("Asia/Kathmandu")))
        .isEqualTo("Sat 21 Nov, 08:15 Asia/Kathmandu (Sat 21 Nov, 02:30 UTC)");
    assertThat(words.moment(NOW, ZoneOffset.UTC)).isEqualTo("Sat 21 Nov, 02:30 UTC");
    assertThat(words.moment(NOW, ZoneId.of("UTC"))).isEqualTo("Sat 21 Nov, 02:30 UTC");
  }
}
