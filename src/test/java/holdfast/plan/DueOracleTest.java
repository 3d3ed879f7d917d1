package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Due} against an enumerator that shares nothing with it, over ten years of each zone. */
class DueOracleTest {

  private static final Duration WINDOW = Duration.ofDays(9);

  private static final List<String> DAILY_OR_RARER =
      List.of(
          "0 2 * * *",
          "30 2 * * *",
          "0 0 * * *",
          "59 23 * * *",
          "0 1 * * *",
          "15 3 * * SUN",
          "0 4 1 * *",
          "0 3 L * *",
          "30 1 * * SUN#1",
          "0 2 * 3,10 *",
          "0 0 * * 7",
          "0 0 * * 0",
          "45 2 * * FRI-SUN",
          "0 12 31 * *",
          "5 0 * JAN-MAR MON-FRI",
          "0 2 * * 1-7/2",
          "0 2 */7 * *",
          "30 0 * * */2",
          "0 0 * * sat");

  private static final List<String> OFTEN =
      List.of("*/15 * * * *", "*/30 0-3 * * *", "0 */6 * * *", "10-50/20 1,2,3 * * *", "7 * * * *");

  @ParameterizedTest
  @CsvSource({
    "UTC,2016", "Africa/Cairo,2017", "Australia/Lord_Howe,2016", "America/Sao_Paulo,2011",
    "Asia/Kathmandu,2016", "Europe/Berlin,2016", "America/New_York,2016", "Pacific/Apia,2010",
    "Africa/Casablanca,2014", "Asia/Tehran,2014", "Antarctica/Troll,2016", "America/St_Johns,2010"
  })
  void due_agrees_with_counting_minutes(String zone, int firstYear) {
    DueOracle oracle = new DueOracle(zone, firstYear, 11);
    DAILY_OR_RARER.forEach(cron -> compare(oracle, zone, cron, 1));
    OFTEN.forEach(cron -> compare(oracle, zone, cron, 8));
  }

  /** Walks the years in windows; frequent crons only where the clocks change, and now and then. */
  private static void compare(DueOracle oracle, String zone, String cron, int everyNth) {
    List<Instant> expected = oracle.fires(cron);
    Schedule schedule = DueTest.schedule(cron, zone);
    int window = 0;
    for (Instant from = oracle.begin(); from.isBefore(oracle.end()); from = from.plus(WINDOW)) {
      Instant to = from.plus(WINDOW);
      if (window++ % everyNth == 0 || changes(zone, from, to)) {
        Due.Fires fires = Due.due(schedule, from, to);
        List<Instant> actual = new ArrayList<>(fires.missed());
        if (fires.fire() != null) {
          actual.add(fires.fire());
        }
        int first = after(expected, from);
        int last = after(expected, to);
        assertThat(actual).as("%s in %s", cron, zone).isEqualTo(expected.subList(first, last));
        assertThat(fires.next()).as("%s in %s", cron, zone).isEqualTo(expected.get(last));
      }
    }
  }

  private static int after(List<Instant> fires, Instant instant) {
    int found = Collections.binarySearch(fires, instant);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private static boolean changes(String zone, Instant from, Instant to) {
    var next = ZoneId.of(zone).getRules().nextTransition(from);
    return next != null && !next.getInstant().isAfter(to);
  }
}
