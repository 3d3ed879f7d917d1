package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  private static final LocalDateTime NEW_YEAR = LocalDateTime.of(2026, 1, 1, 0, 0).minusMinutes(1);

  private static List<LocalDateTime> fires(String cron) {
    List<LocalDateTime> fires = new ArrayList<>();
    LocalDateTime at = NEW_YEAR;
    for (int i = 0; i < 40; i++) {
      at = Cron.parse(cron).next(at).orElseThrow();
      fires.add(at);
    }
    return fires;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 * * 0 | 0 0 * * 7",
        "0 0 * * 0 | 0 0 * * SUN",
        "0 0 * * 0 | @weekly",
        "0 0 * * * | @daily",
        "0 0 * * * | @midnight",
        "0 * * * * | @hourly",
        "0 0 1 * * | @monthly",
        "0 0 1 1 * | @yearly",
        "0 0 1 1 * | @annually",
        "0 0 * * * | 0 0 ? * *",
        "0 0 * * * | 0 0 * * 0-7",
        "0 0 * * 5,6,0 | 0 0 * * fri-sun",
        "0 0 * * 0,2,4,6 | 0 0 * * */2",
        "0 0 * jan,feb,mar * | 0 0 * 1-3 *",
        "0,20,40 0 * * * | */20 0 * * *",
        "0 0 * * SUN#1 | 0 0 * * 7#1",
        "0 0 * * FRIL | 0 0 * * 5L",
      })
  void two_spellings_are_one_schedule(String one, String other) {
    assertThat(fires(one)).isEqualTo(fires(other));
  }

  @Test
  void the_last_day_and_the_first_sunday_are_found() {
    assertThat(fires("0 3 L * *").subList(0, 2))
        .containsExactly(LocalDateTime.of(2026, 1, 31, 3, 0), LocalDateTime.of(2026, 2, 28, 3, 0));
    assertThat(fires("0 3 * * SUN#1").get(0)).isEqualTo(LocalDateTime.of(2026, 1, 4, 3, 0));
    assertThat(fires("0 3 29 2 *").get(0)).isEqualTo(LocalDateTime.of(2028, 2, 29, 3, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * 0 *",
        "* * * * 8",
        "0 0 1 * 1",
        "0 0 L * MON",
        "1,,2 * * * *",
        "*/0 * * * *",
        "1/5 * * * *",
        "5-1 * * * *",
        "0 0 30 2 *",
        "0 0 31 4 *",
        "@never",
        "? * * * *",
        "- * * * *",
        "1- * * * *",
        "* * * * MONDAY",
        "0 0 * * FOO#1",
        "0 0 * * MON#6",
        "* * * FOO *",
        "0 0 * FEBL *",
        "99999 * * * *",
        "0 0 1-L * *"
      })
  void what_no_cron_should_guess_at_is_refused(String cron) {
    assertThat(Cron.refusal(cron)).isPresent();
    assertThatThrownBy(() -> Cron.parse(cron)).isInstanceOf(IllegalArgumentException.class);
  }
}
