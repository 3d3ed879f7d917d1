package holdfast.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** A time of every day, by the clocks of a zone. */
public record Daily(LocalTime at, ZoneId zone) {

  /** The newest moment, not after {@code now}, at which it was that time. */
  public Instant newest(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    Instant due = WallClock.instant(today.atTime(at), zone);
    return due.isAfter(now) ? WallClock.instant(today.minusDays(1).atTime(at), zone) : due;
  }
}
