package holdfast.plan;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long points are kept: by age, by count, by calendar; what any rule keeps is kept.
 *
 * @param buckets of how many hours, days, weeks, months and years the newest point is kept
 * @param zone whose calendar they are read in
 * @param atLeast nothing younger is ever removed
 * @param takeBack how long a point on its way out can be taken back
 */
public record Retention(
    @Nullable Duration keepWithin,
    @Nullable Integer keepLast,
    Map<Bucket, Integer> buckets,
    ZoneId zone,
    Duration atLeast,
    Duration takeBack) {

  /** A stretch of the calendar that keeps its newest point. */
  public enum Bucket {
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY;

    /** As plans write it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final Duration AT_LEAST = Duration.ofDays(7);
  public static final Duration TAKE_BACK = Duration.ofDays(3);

  public Retention {
    Map<Bucket, Integer> ordered = new EnumMap<>(Bucket.class);
    ordered.putAll(buckets);
    buckets = Collections.unmodifiableMap(ordered);
  }

  /** By age and count alone. */
  public Retention(@Nullable Duration keepWithin, @Nullable Integer keepLast) {
    this(keepWithin, keepLast, Map.of(), ZoneId.of(Defaults.ZONE), AT_LEAST, TAKE_BACK);
  }

  /** Whether no rule says what to keep; then nothing is let go. */
  public boolean saysNothing() {
    return keepWithin == null && keepLast == null && buckets.isEmpty();
  }

  /** Its rules in one line, such as {@code keep-within 30 days, keep-last 7, daily 7}. */
  public String words() {
    List<String> rules = new ArrayList<>();
    if (keepWithin != null) {
      rules.add("keep-within " + Amounts.words(keepWithin));
    }
    if (keepLast != null) {
      rules.add("keep-last " + keepLast);
    }
    buckets.forEach((bucket, count) -> rules.add(bucket.words() + " " + count));
    rules.add("at-least " + Amounts.words(atLeast));
    return String.join(", ", rules);
  }
}
