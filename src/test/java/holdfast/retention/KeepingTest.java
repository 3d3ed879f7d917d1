package holdfast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Point;
import holdfast.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept, what is let go, and the words for it. */
class KeepingTest {

  private static final Instant DAY = Instant.parse("2026-06-15T02:00:00Z");
  private static final Duration ONE_DAY = Duration.ofDays(1);
  private static final Retention A_WEEK = new Retention(null, 7);

  /**
   * One good point a day, the newest today; {@code d0} is of today, {@code d9} of nine days ago.
   */
  private static List<Known> nights(int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(age -> Histories.good("d" + age, DAY.minus(Duration.ofDays(age))))
            .toList());
  }

  private static Retention rules(Map<Retention.Bucket, Integer> buckets, String zone) {
    return new Retention(null, null, buckets, ZoneId.of(zone), ONE_DAY, ONE_DAY);
  }

  private static Retention last(int count) {
    return new Retention(null, count, Map.of(), ZoneOffset.UTC, ONE_DAY, ONE_DAY);
  }

  private static Map<String, Verdict> decide(List<Known> points, Instant now, Retention policy) {
    return Keeping.decide(new History(points, now, now), policy).stream()
        .collect(Collectors.toMap(Verdict::point, verdict -> verdict));
  }

  private static Set<String> kept(List<Known> points, Instant now, Retention policy) {
    return decide(points, now, policy).values().stream()
        .filter(Verdict::keep)
        .map(Verdict::point)
        .collect(Collectors.toSet());
  }

  private static Known held(Known point) {
    Hold hold = new Hold("h", point.id(), "a lawsuit", "ada", DAY, null);
    return new Known(
        point.id(),
        point.state(),
        false,
        point.at(),
        point.madeAt(),
        point.bytes(),
        point.parents(),
        true,
        List.of(hold),
        Map.of(),
        List.of());
  }

  private static Known needing(Known point, String parent) {
    return new Known(
        point.id(),
        point.state(),
        false,
        point.at(),
        point.madeAt(),
        point.bytes(),
        List.of(parent),
        true,
        List.of(),
        Map.of(),
        List.of());
  }

  private static Known bound(Known point, Map<String, Instant> locks, List<String> readers) {
    return new Known(
        point.id(),
        point.state(),
        false,
        point.at(),
        point.madeAt(),
        point.bytes(),
        point.parents(),
        true,
        List.of(),
        locks,
        readers);
  }

  @Test
  void every_point_has_a_reason_in_plain_words() {
    List<Known> points = nights(10);
    points.set(9, held(points.get(9)));
    Map<String, Verdict> verdicts = decide(points, DAY, last(3));
    assertThat(verdicts.get("d0").reason()).isEqualTo("newest good point");
    assertThat(verdicts.get("d1").reason()).isEqualTo("last 2 of 3");
    assertThat(verdicts.get("d3").keep()).isFalse();
    assertThat(verdicts.get("d3").reason())
        .isEqualTo("no rule keeps it: keep-last 3, at-least 24 h");
    assertThat(verdicts.get("d9").reason())
        .isEqualTo("held by ada since 2026-06-15T02:00:00Z: a lawsuit");
  }

  @Test
  void nothing_younger_than_the_minimum_goes() {
    assertThat(kept(nights(20), DAY, new Retention(null, 1)))
        .containsExactlyInAnyOrder("d0", "d1", "d2", "d3", "d4", "d5", "d6");
  }

  @Test
  void a_point_dated_back_is_as_young_as_it_was_made() {
    List<Known> points = nights(2);
    Known made = points.get(0);
    points.add(
        new Known(
            "old-data",
            Point.State.GOOD,
            false,
            DAY.minus(Duration.ofDays(100)),
            made.madeAt(),
            made.bytes(),
            List.of(),
            true,
            List.of(),
            Map.of(),
            List.of()));
    assertThat(kept(points, DAY, last(1))).contains("old-data");
  }

  @Test
  void the_calendar_keeps_the_newest_point_of_each_stretch() {
    Set<String> kept =
        kept(
            nights(400),
            DAY,
            rules(
                Map.of(
                    Retention.Bucket.DAILY, 2,
                    Retention.Bucket.WEEKLY, 3,
                    Retention.Bucket.MONTHLY, 3,
                    Retention.Bucket.YEARLY, 2),
                "UTC"));
    // 2026-06-15 is a Monday: weeks end with the 14th and the 7th; May and April with their last.
    assertThat(kept).containsExactlyInAnyOrder("d0", "d1", "d8", "d15", "d46", "d166");
  }

  @Test
  void the_calendar_is_that_of_the_zone() {
    Instant lateInBerlin = Instant.parse("2026-06-14T22:30:00Z");
    List<Known> points =
        List.of(
            Histories.good("new", DAY.plus(Duration.ofDays(5))),
            Histories.good("after-midnight", lateInBerlin),
            Histories.good("before-midnight", lateInBerlin.minus(Duration.ofHours(1))));
    Retention twoDays = rules(Map.of(Retention.Bucket.DAILY, 3), "Europe/Berlin");
    assertThat(kept(points, DAY.plus(Duration.ofDays(5)), twoDays)).hasSize(3);
    Retention inUtc = rules(Map.of(Retention.Bucket.DAILY, 3), "UTC");
    assertThat(kept(points, DAY.plus(Duration.ofDays(5)), inUtc)).hasSize(2);
  }

  @Test
  void the_last_proven_point_stays_however_old() {
    List<Known> points = nights(50);
    points.add(
        Histories.of("proven", Point.State.PROVEN, DAY.minus(Duration.ofDays(300)), 1_000_000));
    Verdict proven = decide(points, DAY, A_WEEK).get("proven");
    assertThat(proven.keep()).isTrue();
    assertThat(proven.reason()).isEqualTo("newest proven point");
  }

  @Test
  void the_last_proven_point_stays_whatever_its_size() {
    List<Known> points = nights(40);
    points.set(30, Histories.of("odd", Point.State.PROVEN, points.get(30).at(), 1000));
    Retention tenDays =
        new Retention(
            Duration.ofDays(10), null, Map.of(), ZoneOffset.UTC, ONE_DAY, Duration.ofDays(3));
    assertThat(decide(points, DAY, tenDays).get("odd").reason()).isEqualTo("newest proven point");
  }

  @Test
  void proven_points_are_counted_by_themselves_too() {
    List<Known> points = nights(30);
    for (int week = 0; week < 4; week++) {
      points.set(
          2 + week * 7,
          Histories.of("p" + week, Point.State.PROVEN, points.get(2 + week * 7).at(), 1_000_000));
    }
    assertThat(kept(points, DAY, last(3))).containsExactlyInAnyOrder("d0", "d1", "p0", "p1", "p2");
  }

  @Test
  void a_flood_of_tiny_good_points_displaces_nothing() {
    List<Known> points = nights(40);
    Set<String> before = kept(points, DAY, last(7));
    for (int i = 0; i < 1000; i++) {
      points.add(Histories.of("tiny" + i, Point.State.PROVEN, DAY.plusSeconds(60 + i), 1000));
    }
    Instant later = DAY.plus(ONE_DAY);
    assertThat(kept(points, later, last(7))).containsAll(before);
    assertThat(kept(points, later.plus(Duration.ofDays(60)), last(7))).containsAll(before);
  }

  @Test
  void a_database_that_became_small_keeps_its_new_points_too() {
    List<Known> points = nights(40);
    for (int i = 1; i <= 10; i++) {
      points.add(Histories.of("small" + i, Point.State.GOOD, DAY.plus(Duration.ofDays(i)), 10_000));
    }
    assertThat(kept(points, DAY.plus(Duration.ofDays(10)), last(7)))
        .contains("small10", "small4", "d0", "d6")
        .doesNotContain("d7");
    for (int i = 11; i <= 30; i++) {
      points.add(Histories.of("small" + i, Point.State.GOOD, DAY.plus(Duration.ofDays(i)), 10_000));
    }
    assertThat(kept(points, DAY.plus(Duration.ofDays(30)), last(7)))
        .contains("small30", "small24")
        .doesNotContain("small23", "d0");
  }

  @Test
  void days_on_which_every_backup_fails_let_nothing_go() {
    List<Known> points = nights(40);
    Retention rules =
        new Retention(
            Duration.ofDays(20),
            5,
            Map.of(Retention.Bucket.WEEKLY, 4),
            ZoneOffset.UTC,
            ONE_DAY,
            ONE_DAY);
    Set<String> before = kept(points, DAY, rules);
    assertThat(kept(points, DAY.plus(Duration.ofDays(30)), rules)).isEqualTo(before);
  }

  @Test
  void damaged_points_never_count_and_go_no_sooner_than_whole_ones() {
    List<Known> points = nights(20);
    for (int i = 0; i < 5; i++) {
      points.set(i, Histories.of("d" + i, Point.State.CORRUPT, points.get(i).at(), 1_000_000));
    }
    assertThat(kept(points, DAY, last(7)))
        .contains("d5", "d6", "d7", "d8", "d9", "d10", "d11")
        .contains("d0", "d1", "d2", "d3", "d4")
        .doesNotContain("d12");
  }

  @Test
  void a_good_point_of_which_no_copy_is_left_does_not_count() {
    List<Known> points = nights(10);
    Known first = points.get(0);
    points.set(
        0,
        new Known(
            "d0",
            Point.State.PROVEN,
            false,
            first.at(),
            first.at(),
            first.bytes(),
            List.of(),
            false,
            List.of(),
            Map.of(),
            List.of()));
    assertThat(decide(points, DAY, last(1)).get("d1").reason()).isEqualTo("newest good point");
  }

  @Test
  void where_no_point_is_good_none_goes() {
    List<Known> points =
        nights(10).stream()
            .map(point -> Histories.of(point.id(), Point.State.SUSPECT, point.at(), 1))
            .toList();
    assertThat(kept(points, DAY.plus(Duration.ofDays(900)), last(1))).hasSize(10);
  }

  @Test
  void what_a_kept_point_needs_stays_through_the_whole_chain() {
    List<Known> points = nights(10);
    points.set(0, needing(points.get(0), "d5"));
    points.set(5, needing(points.get(5), "d9"));
    Map<String, Verdict> verdicts = decide(points, DAY, last(1));
    assertThat(verdicts.get("d5").reason()).isEqualTo("parent of d0");
    assertThat(verdicts.get("d9").reason()).isEqualTo("parent of d5");
    assertThat(verdicts.get("d8").keep()).isFalse();
  }

  @Test
  void locks_and_readers_hinder_only_as_long_as_they_last() {
    List<Known> points = nights(10);
    Instant until = DAY.plus(Duration.ofDays(2));
    points.set(8, bound(points.get(8), Map.of("vault", until), List.of()));
    points.set(9, bound(points.get(9), Map.of(), List.of("restore r1")));
    Map<String, Verdict> verdicts = decide(points, DAY, last(1));
    assertThat(verdicts.get("d8").reason())
        .isEqualTo("locked in store vault until 2026-06-17T02:00:00Z");
    assertThat(verdicts.get("d9").reason()).isEqualTo("read now by restore r1");
    assertThat(verdicts.get("d8").why().passing()).isTrue();
    assertThat(kept(points, until, last(1))).doesNotContain("d8").contains("d9");
  }

  @Test
  void a_clock_far_ahead_of_all_that_is_known_lets_nothing_go() {
    History ahead =
        new History(nights(400), DAY.plus(Duration.ofDays(365)), DAY.plus(Duration.ofHours(1)));
    assertThat(Keeping.decide(ahead, last(1)))
        .hasSize(400)
        .allSatisfy(
            verdict -> {
              assertThat(verdict.keep()).isTrue();
              assertThat(verdict.reason()).contains("the clock is 364 days ahead");
            });
    History justBelieved = new History(nights(400), DAY.plus(Keeping.AHEAD), DAY);
    assertThat(Keeping.decide(justBelieved, last(1))).anyMatch(verdict -> !verdict.keep());
  }

  @Test
  void points_that_a_wrong_clock_dated_into_the_future_displace_nothing() {
    List<Known> points = nights(20);
    for (int i = 0; i < 10; i++) {
      points.add(Histories.good("future" + i, DAY.plus(Duration.ofDays(365 + i))));
    }
    assertThat(kept(points, DAY, last(5))).contains("d0", "d1", "d2", "d3", "d4", "future0");
  }

  @Test
  void rules_that_say_nothing_keep_everything() {
    assertThat(kept(nights(20), DAY, new Retention(null, null))).hasSize(20);
  }

  @Test
  void random_histories_keep_every_promise() {
    Map<String, Object> counted = RandomHistories.run(1_000, 11);
    assertThat(counted).as("%s", counted).containsEntry("broken", 0);
    assertThat((long) counted.get("going")).isGreaterThan(1_000);
    assertThat((long) counted.get("removed")).isGreaterThan(10);
    assertThat(counted).containsEntry("deletedByClock", 0L);
  }
}
