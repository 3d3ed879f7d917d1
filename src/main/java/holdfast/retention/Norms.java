package holdfast.retention;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which points are of a size that can be believed: not less than half of what was usual on the days
 * before, and not more than four times as much. Each day counts once, by its largest point, so that
 * a flood of tiny ones changes nothing. Pure.
 */
final class Norms {

  /** Fewer days than these have no usual size. */
  static final int ENOUGH = 3;

  /** So many days before a point, of those that have points, say what is usual. */
  static final int DAYS = 30;

  private static final int SMALLER = 2;
  private static final int LARGER = 4;

  private final NavigableMap<LocalDate, Long> largest = new TreeMap<>();
  private final Map<LocalDate, OptionalLong> usual = new HashMap<>();
  private final ZoneId zone;

  Norms(Collection<Known> good, ZoneId zone) {
    this.zone = zone;
    good.forEach(point -> largest.merge(day(point), point.bytes(), Math::max));
  }

  private LocalDate day(Known point) {
    return LocalDate.ofInstant(point.at(), zone);
  }

  boolean fit(Known point) {
    OptionalLong median = usual.computeIfAbsent(day(point), this::median);
    return median.isEmpty()
        || (point.bytes() >= median.getAsLong() / SMALLER
            && point.bytes() / LARGER <= median.getAsLong());
  }

  private OptionalLong median(LocalDate day) {
    List<Long> before =
        largest.headMap(day, false).descendingMap().values().stream().limit(DAYS).sorted().toList();
    return before.size() < ENOUGH
        ? OptionalLong.empty()
        : OptionalLong.of(before.get(before.size() / 2));
  }
}
