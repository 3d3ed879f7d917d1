package holdfast.report;

import java.time.Duration;

/** Lengths of time as people say them. Pure. */
final class Spans {

  private Spans() {}

  /** Such as {@code 40 s}, {@code 14 min}, {@code 3 h 5 min}, {@code 2 d 4 h}. */
  static String words(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) {
      return "less than 1 s";
    }
    if (length.compareTo(Duration.ofMinutes(1)) < 0) {
      return length.toSeconds() + " s";
    }
    if (length.compareTo(Duration.ofHours(1)) < 0) {
      return length.toMinutes() + " min";
    }
    if (length.compareTo(Duration.ofDays(2)) < 0) {
      return both(length.toHours(), "h", length.toMinutesPart(), "min");
    }
    return both(length.toDays(), "d", length.toHoursPart(), "h");
  }

  private static String both(long large, String unit, long small, String part) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + part);
  }
}
