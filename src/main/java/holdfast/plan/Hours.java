package holdfast.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hours of the day, on some days of the week, as the clock on a wall shows them.
 *
 * @param to of the next day where it is not after {@code from}; the same as {@code from} for a
 *     whole day
 * @param days on which they begin; empty for every day
 */
public record Hours(ZoneId zone, LocalTime from, LocalTime to, Set<DayOfWeek> days) {

  /** Whether a moment falls into them. */
  public boolean contains(Instant at) {
    return contains(LocalDateTime.ofInstant(at, zone));
  }

  private boolean contains(LocalDateTime at) {
    LocalTime time = at.toLocalTime();
    boolean begun = !time.isBefore(from);
    if (to.isAfter(from)) {
      return begun && time.isBefore(to) && isDay(at.getDayOfWeek());
    }
    return (begun && isDay(at.getDayOfWeek()))
        || (time.isBefore(to) && isDay(at.getDayOfWeek().minus(1)));
  }

  /** Such as {@code 22:00 to 06:00 Europe/Berlin, Fri, Sat}. */
  public String words() {
    String times = "%s to %s %s".formatted(from, to, zone);
    return days.isEmpty()
        ? times
        : days.stream()
            .sorted()
            .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
            .collect(Collectors.joining(", ", times + ", ", ""));
  }

  private boolean isDay(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }
}
