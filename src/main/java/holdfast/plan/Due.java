package holdfast.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides when a schedule is due. Pure: no clock, no state. */
public final class Due {

  private Due() {}

  /**
   * The fires of one schedule up to now.
   *
   * @param missed fire times in {@code (last, now]} except the newest, oldest first
   * @param fire the newest fire time in {@code (last, now]}, to be run now
   * @param next the first fire time after now
   */
  public record Fires(List<Instant> missed, @Nullable Instant fire, Instant next) {}

  /**
   * Fire times of {@code schedule}. A local time that daylight saving skips is due at the first
   * instant after the gap; one that occurs twice is due the first time only.
   *
   * @param last the newest fire time already recorded, or when the schedule was first seen
   */
  public static Fires due(Schedule schedule, Instant last, Instant now) {
    throw new UnsupportedOperationException("not built yet");
  }
}
