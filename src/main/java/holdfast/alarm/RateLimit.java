package holdfast.alarm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets each sender through so many times a minute, in bursts of a minute's worth at most. */
final class RateLimit {

  private static final double MINUTE_SECONDS = 60;

  private record Bucket(double left, Instant at, boolean passed) {}

  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimit(InstantSource clock) {
    this.clock = clock;
  }

  /** How long {@code sender}, a name of the plan, has to wait; zero when it may pass now. */
  Duration charge(String sender, int perMinute) {
    Instant now = clock.instant();
    Bucket after = buckets.compute(sender, (name, before) -> next(before, now, perMinute));
    double missing = after.passed() ? 0 : 1 - after.left();
    return Duration.ofSeconds((long) Math.ceil(missing * MINUTE_SECONDS / perMinute));
  }

  private static Bucket next(Bucket before, Instant now, int perMinute) {
    double left = before == null ? perMinute : refilled(before, now, perMinute);
    boolean passed = left >= 1;
    return new Bucket(passed ? left - 1 : left, now, passed);
  }

  private static double refilled(Bucket before, Instant now, int perMinute) {
    double seconds = Math.max(0, Duration.between(before.at(), now).toMillis() / 1000.0);
    return Math.min(perMinute, before.left() + seconds / MINUTE_SECONDS * perMinute);
  }
}
