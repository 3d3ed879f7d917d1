package holdfast.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Time in which trouble is expected: either again and again, or once.
 *
 * @param cron when it begins, with {@code length}; absent where it is once
 * @param from when it begins once, up to {@code to}
 */
public record Maintenance(
    String name,
    ZoneId zone,
    @Nullable String cron,
    @Nullable Duration length,
    @Nullable LocalDateTime from,
    @Nullable LocalDateTime to,
    Origin origin) {

  /** When the window ends that {@code at} falls into; empty where it falls into none. */
  public Optional<Instant> end(Instant at) {
    if (cron != null && length != null) {
      Schedule begins = new Schedule(name, cron, zone, true, origin);
      Instant fire = Due.due(begins, at.minus(length), at).fire();
      return Optional.ofNullable(fire).map(begun -> begun.plus(length));
    }
    if (from == null || to == null) {
      return Optional.empty();
    }
    Instant end = WallClock.instant(to, zone);
    boolean within = !at.isBefore(WallClock.instant(from, zone)) && at.isBefore(end);
    return within ? Optional.of(end) : Optional.empty();
  }
}
