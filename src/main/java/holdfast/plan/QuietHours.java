package holdfast.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Hours in which people sleep, every day.
 *
 * @param to of the next day where it is not after {@code from}
 * @param below incidents less severe than this wait until the morning
 */
public record QuietHours(ZoneId zone, LocalTime from, LocalTime to, Severity below) {

  /** Whether an incident of that severity waits. */
  public boolean silences(Severity severity) {
    return severity != Severity.CRITICAL && !severity.atLeast(below);
  }

  /** When the quiet hours end that {@code at} falls into; empty where it falls into none. */
  public Optional<Instant> end(Instant at) {
    LocalDate today = LocalDate.ofInstant(at, zone);
    for (LocalDate day = today.minusDays(1); !day.isAfter(today); day = day.plusDays(1)) {
      LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
      Instant end = WallClock.instant(last.atTime(to), zone);
      if (!at.isBefore(WallClock.instant(day.atTime(from), zone)) && at.isBefore(end)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }
}
