package holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

  @ParameterizedTest
  @CsvSource({
    "PT0.6S, less than 1 s",
    "PT1.9S, 1 s",
    "PT14M59S, 14 min",
    "PT3H5M, 3 h 5 min",
    "PT47H, 47 h",
    "PT52H, 2 d 4 h"
  })
  void lengths_are_told_as_people_say_them(String length, String words) {
    assertThat(Spans.words(Duration.parse(length))).isEqualTo(words);
  }
}
