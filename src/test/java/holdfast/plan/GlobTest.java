package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "prod-*, prod-cpu, true",
    "prod-*, prod-, true",
    "prod-*, test-cpu, false",
    "*cpu, prod-cpu, true",
    "*a*b*c*, xxaxxbxxc, true",
    "*a*b*c*, xxaxxcxxb, false",
    "pr?d, PROD, true",
    "pr?d, prd, false",
    "*, '', true",
    "?*, '', false",
    "'', '', true",
    "'', x, false",
    "[a-z]+, a, false",
    "[x], [x], true",
    "a.c, abc, false",
    "*ab, aab, true",
    "**, anything, true"
  })
  void a_pattern_covers_the_whole_text(String pattern, String text, boolean covers) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(covers);
  }

  @Test
  @Timeout(2)
  void no_pattern_takes_long() {
    assertThat(new Glob("*a".repeat(100) + "b").matches("a".repeat(4000))).isFalse();
  }
}
