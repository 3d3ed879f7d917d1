package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A moment is read in every spelling that a source uses. */
class TimesTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-04T05:06:07Z                   | 2026-03-04T05:06:07Z
          2026-03-04T05:06Z                      | 2026-03-04T05:06:00Z
          2026-03-04t05:06:07z                   | 2026-03-04T05:06:07Z
          2026-03-04T05:06:07.123+0000           | 2026-03-04T05:06:07.123Z
          2026-03-04T05:06:07.123+00:00          | 2026-03-04T05:06:07.123Z
          2026-03-04T05:06:07+05                 | 2026-03-04T00:06:07Z
          2026-03-04T05:06:07-04:00              | 2026-03-04T09:06:07Z
          2026-03-04T05:06:07.123456789Z         | 2026-03-04T05:06:07.123456789Z
          2026-03-04T05:06:07.12Z                | 2026-03-04T05:06:07.120Z
          2026-03-04 05:06:07.091                | 2026-03-04T05:06:07.091Z
          2026-03-04 05:06:07.5 +0000 UTC        | 2026-03-04T05:06:07.500Z
          2026/03/04 05:06 GMT                   | 2026-03-04T05:06:00Z
          Wed, 04 Mar 2026 05:06:07 GMT          | 2026-03-04T05:06:07Z
          Sun, 4 Mar 2026 05:06:07 GMT           | 2026-03-04T05:06:07Z
          Wednesday, 4 Mar 2026 05:06:07 +0100   | 2026-03-04T04:06:07Z
          Mar 4, 2026 5:06:07 PM                 | 2026-03-04T17:06:07Z
          Mar 4, 2026 12:06:07 AM                | 2026-03-04T00:06:07Z
          04/03/2026 05:06:07                    | 2026-03-04T05:06:07Z
          04/03/26 05:06:07                      | 2026-03-04T05:06:07Z
          1772600767                             | 2026-03-04T05:06:07Z
          1772600767123                          | 2026-03-04T05:06:07.123Z
          1772600767123456                       | 2026-03-04T05:06:07.123456Z
          1772600767123456789                    | 2026-03-04T05:06:07.123456789Z
          1772600767.5                           | 2026-03-04T05:06:07.500Z
          """)
  void every_spelling_is_read(String text, Instant moment) {
    assertThat(Times.read(TextNode.valueOf(text), NOW)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yyyy-mm-ddThh:mm:ssZ",
        "NaN",
        "-1",
        "2026-02-30T05:06:07+99:99",
        "2026-13-04T05:06:07Z",
        "2026-03-04",
        "1.2.3",
        "....",
        "99999999999999999999999999999999999999999999",
        "٢٠٢٦-٠٣-٠٤",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "1999-12-31T23:59:59Z",
        "2026-11-21T12:00:01Z",
        "2026-03-04T05:06:07Z and some more"
      })
  void what_is_no_plausible_moment_is_not_read(String text) {
    assertThat(Times.read(TextNode.valueOf(text), NOW)).isEmpty();
  }

  @Test
  void numbers_are_seconds_or_milliseconds_by_their_size() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    assertThat(Times.read(json.numberNode(1772600767L), NOW))
        .contains(Instant.parse("2026-03-04T05:06:07Z"));
    assertThat(Times.read(json.numberNode(1772600767123L), NOW))
        .contains(Instant.parse("2026-03-04T05:06:07.123Z"));
    assertThat(Times.read(json.numberNode(1772600767.25), NOW))
        .contains(Instant.parse("2026-03-04T05:06:07.250Z"));
    assertThat(Times.read(DoubleNode.valueOf(Double.NaN), NOW)).isEmpty();
    assertThat(Times.read(DoubleNode.valueOf(1e300), NOW)).isEmpty();
    assertThat(Times.read(json.numberNode(new BigDecimal("1e999999999")), NOW)).isEmpty();
    assertThat(Times.read(json.numberNode(new BigDecimal("1e-999999999")), NOW)).isEmpty();
    assertThat(Times.read(json.booleanNode(true), NOW)).isEmpty();
  }
}
