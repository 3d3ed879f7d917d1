package holdfast.retention;

import holdfast.plan.Retention;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules of a plan keep. Counts are of hours, days or points that are there, not of time
 * that passes, so nothing is let go because nothing new was made. Pure.
 */
final class Rules {

  private Rules() {}

  /**
   * Which of {@code points} are kept, each with the rule that does.
   *
   * @param points newest first
   * @param reference what ages are measured from
   */
  static Map<String, String> kept(List<Known> points, Retention policy, Instant reference) {
    Map<String, String> kept = new HashMap<>();
    last(points, policy, kept);
    within(points, policy, reference, kept);
    policy.buckets().forEach((bucket, count) -> buckets(points, policy, bucket, count, kept));
    return kept;
  }

  private static void last(List<Known> points, Retention policy, Map<String, String> kept) {
    Integer count = policy.keepLast();
    for (int i = 0; count != null && i < Math.min(count, points.size()); i++) {
      kept.putIfAbsent(points.get(i).id(), "last %d of %d".formatted(i + 1, count));
    }
  }

  private static void within(
      List<Known> points, Retention policy, Instant reference, Map<String, String> kept) {
    if (policy.keepWithin() == null) {
      return;
    }
    Instant since = reference.minus(policy.keepWithin());
    points.stream()
        .filter(point -> point.youngest().isAfter(since))
        .forEach(
            point ->
                kept.putIfAbsent(
                    point.id(), "younger than %d days".formatted(policy.keepWithin().toDays())));
  }

  private static void buckets(
      List<Known> points,
      Retention policy,
      Retention.Bucket bucket,
      int count,
      Map<String, String> kept) {
    Set<Object> seen = new HashSet<>();
    for (Known point : points) {
      boolean first = seen.add(stretch(bucket, point.at().atZone(policy.zone())));
      if (first && seen.size() > count) {
        return;
      }
      if (first) {
        kept.putIfAbsent(point.id(), "%s %d of %d".formatted(bucket.words(), seen.size(), count));
      }
    }
  }

  /** What a moment has in common with all others of the same hour, day, week, month or year. */
  private static Object stretch(Retention.Bucket bucket, ZonedDateTime at) {
    LocalDate day = at.toLocalDate();
    return switch (bucket) {
      case HOURLY -> at.toOffsetDateTime().truncatedTo(ChronoUnit.HOURS);
      case DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> YearMonth.from(day);
      case YEARLY -> Year.from(day);
    };
  }
}
