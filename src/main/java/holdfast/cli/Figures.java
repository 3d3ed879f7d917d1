package holdfast.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  private Figures() {}

  /** 1,234,567 bytes become {@code 1.2 MB}; powers of 1,000. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}, {@code 4 d 1 h}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86400) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds / 86400 + " d " + seconds % 86400 / 3600 + " h";
  }

  /** How long ago something was, as a person would say it. */
  static String ago(String instant, InstantSource clock) {
    return instant.isEmpty() || "null".equals(instant)
        ? "never"
        : duration(Duration.between(Instant.parse(instant), clock.instant())) + " ago";
  }
}
