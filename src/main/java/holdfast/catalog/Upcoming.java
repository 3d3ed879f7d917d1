package holdfast.catalog;

import holdfast.plan.Asset;
import holdfast.plan.Due;
import holdfast.plan.Schedule;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The next moment at which a schedule of an asset is due. */
public record Upcoming(Schedule schedule, Instant at) {

  /** The first of all enabled schedules after {@code now}; empty without one. Pure. */
  public static Optional<Upcoming> after(Asset asset, Instant now) {
    return asset.schedules().stream()
        .filter(Schedule::enabled)
        .map(schedule -> new Upcoming(schedule, Due.due(schedule, now, now).next()))
        .min(Comparator.comparing(Upcoming::at));
  }
}
