package holdfast.catalog;

import holdfast.plan.Asset;
import holdfast.plan.Due;
import holdfast.plan.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The next moment at which a schedule of an asset is due. */
public record Upcoming(Schedule schedule, Instant at) {

  /** They hold a weekend, and the night in which the clocks are changed. */
  private static final int FIRES = 10;

  /** The first of all enabled schedules after {@code now}; empty without one. Pure. */
  public static Optional<Upcoming> after(Asset asset, Instant now) {
    return asset.schedules().stream()
        .filter(Schedule::enabled)
        .map(schedule -> new Upcoming(schedule, Due.due(schedule, now, now).next()))
        .min(Comparator.comparing(Upcoming::at));
  }

  /**
   * The longest time between two of the next ten fires; empty without an enabled schedule. Pure.
   */
  public static Optional<Duration> longestGap(Asset asset, Instant now) {
    List<Instant> fires =
        Stream.iterate(
                after(asset, now).map(Upcoming::at),
                Optional::isPresent,
                fire -> fire.flatMap(at -> after(asset, at)).map(Upcoming::at))
            .limit(FIRES)
            .flatMap(Optional::stream)
            .toList();
    return IntStream.range(1, fires.size())
        .mapToObj(next -> Duration.between(fires.get(next - 1), fires.get(next)))
        .max(Comparator.naturalOrder());
  }
}
