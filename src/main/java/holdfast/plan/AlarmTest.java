package holdfast.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The daily test of the way from an event to the people.
 *
 * @param at when it is made, every day, by the clocks of {@code zone}
 * @param within how long after that each channel must have confirmed it
 * @param channels that are tested; empty for those through which people are called
 */
public record AlarmTest(
    LocalTime at, ZoneId zone, Duration within, List<String> channels, Origin origin) {

  /** How long a test may take where the plan says nothing. */
  public static final Duration WITHIN = Duration.ofMinutes(15);

  /** The newest moment, not after {@code now}, at which a test was due. */
  public Instant newest(Instant now) {
    return new Daily(at, zone).newest(now);
  }
}
