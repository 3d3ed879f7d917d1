package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DueTest {

  static Schedule schedule(String cron, String zone) {
    return new Schedule("nightly", cron, ZoneId.of(zone), true, new Origin(Path.of("s.yml"), 1));
  }

  static Due.Fires due(String cron, String zone, String last, String now) {
    return Due.due(schedule(cron, zone), Instant.parse(last), Instant.parse(now));
  }

  @Test
  void nothing_is_due_before_the_first_fire() {
    var fires = due("0 2 * * *", "UTC", "2026-03-01T03:00:00Z", "2026-03-02T01:59:59Z");
    assertThat(fires.fire()).isNull();
    assertThat(fires.missed()).isEmpty();
    assertThat(fires.next()).isEqualTo("2026-03-02T02:00:00Z");
  }

  @Test
  void the_newest_fire_runs_and_older_ones_are_missed() {
    var fires = due("0 2 * * *", "UTC", "2026-03-01T02:00:00Z", "2026-03-04T02:00:00Z");
    assertThat(fires.missed())
        .containsExactly(
            Instant.parse("2026-03-02T02:00:00Z"), Instant.parse("2026-03-03T02:00:00Z"));
    assertThat(fires.fire()).isEqualTo("2026-03-04T02:00:00Z");
    assertThat(fires.next()).isEqualTo("2026-03-05T02:00:00Z");
  }

  @Test
  void a_time_that_daylight_saving_skips_is_due_right_after_the_gap() {
    var berlin = due("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z");
    assertThat(berlin.fire()).isEqualTo("2026-03-29T01:00:00Z");
    var cairo = due("0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-24T12:00:00Z");
    assertThat(cairo.fire()).isEqualTo("2026-04-23T22:00:00Z");
  }

  @Test
  void many_skipped_times_are_one_fire() {
    var fires =
        due("*/15 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z");
    assertThat(fires.missed()).isEmpty();
    assertThat(fires.fire()).isEqualTo("2026-03-29T01:00:00Z");
  }

  @Test
  void a_time_that_occurs_twice_is_due_the_first_time_only() {
    var fires = due("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z");
    assertThat(fires.missed()).isEmpty();
    assertThat(fires.fire()).isEqualTo("2026-10-25T00:30:00Z");
  }

  @Test
  void years_of_silence_list_only_the_newest_missed_fires() {
    var fires = due("* * * * *", "UTC", "1990-01-01T00:00:00Z", "2026-03-01T00:00:00Z");
    assertThat(fires.missed()).hasSize(Due.MOST_MISSED);
    assertThat(fires.missed().get(999)).isEqualTo("2026-02-28T23:59:00Z");
    assertThat(fires.fire()).isEqualTo("2026-03-01T00:00:00Z");
  }

  @Test
  void a_clock_set_back_runs_nothing_twice() {
    var fires = due("0 2 * * *", "UTC", "2026-03-02T02:00:00Z", "2026-03-02T01:30:00Z");
    assertThat(fires.fire()).isNull();
    assertThat(fires.next()).isEqualTo("2026-03-03T02:00:00Z");
  }
}
