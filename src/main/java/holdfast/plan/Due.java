package holdfast.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides when a schedule is due. Pure: no clock, no state. */
public final class Due {

  /** The most fires that {@link #due} lists as missed; older ones are left out. */
  public static final int MOST_MISSED = 1_000;

  private static final Duration FIRST_WINDOW = Duration.ofDays(1);

  private final Cron cron;
  private final ZoneId zone;

  private Due(Schedule schedule) {
    this.cron = Cron.parse(schedule.cron());
    this.zone = schedule.zone();
  }

  /**
   * The fires of one schedule up to now.
   *
   * @param missed fire times in {@code (last, now]} except the newest, oldest first; after a long
   *     silence only the newest {@link #MOST_MISSED}
   * @param fire the newest fire time in {@code (last, now]}, to be run now
   * @param next the first fire time after both now and last
   */
  public record Fires(List<Instant> missed, @Nullable Instant fire, Instant next) {}

  /**
   * Fire times of {@code schedule}, whether it is enabled or not. A local time that daylight saving
   * skips is due at the first instant after the gap; one that occurs twice is due the first time
   * only.
   *
   * @param last the newest fire time already recorded, or when the schedule was first seen
   */
  public static Fires due(Schedule schedule, Instant last, Instant now) {
    Due due = new Due(schedule);
    List<Instant> fires = due.newest(last, now);
    Instant next = due.after(last.isAfter(now) ? last : now);
    int count = fires.size();
    return count == 0
        ? new Fires(List.of(), null, next)
        : new Fires(
            List.copyOf(fires.subList(Math.max(0, count - 1 - MOST_MISSED), count - 1)),
            fires.get(count - 1),
            next);
  }

  /** Looks back from now in growing windows, so that years of silence cost no more than days. */
  private List<Instant> newest(Instant last, Instant now) {
    Duration window = FIRST_WINDOW;
    while (true) {
      Instant from = now.minus(window);
      if (!from.isAfter(last)) {
        return between(last, now);
      }
      List<Instant> fires = between(from, now);
      if (fires.size() > MOST_MISSED) {
        return fires;
      }
      window = window.multipliedBy(10);
    }
  }

  private List<Instant> between(Instant from, Instant to) {
    List<Instant> fires = new ArrayList<>();
    Optional<Instant> fire = first(from);
    while (fire.isPresent() && !fire.get().isAfter(to)) {
      fires.add(fire.get());
      fire = first(fire.get());
    }
    return fires;
  }

  private Instant after(Instant instant) {
    return first(instant)
        .orElseThrow(() -> new IllegalArgumentException("This schedule never fires again."));
  }

  /**
   * The first fire after an instant. Local time to instant never decreases, so that every local
   * time up to this instant's own is already past.
   */
  private Optional<Instant> first(Instant after) {
    Optional<LocalDateTime> local = cron.next(LocalDateTime.ofInstant(after, zone));
    while (local.isPresent() && !instant(local.get()).isAfter(after)) {
      local = cron.next(local.get());
    }
    return local.map(this::instant);
  }

  private Instant instant(LocalDateTime local) {
    return WallClock.instant(local, zone);
  }
}
