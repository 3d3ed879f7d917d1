package holdfast.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, lengths and sizes as people read them. */
final class Amounts {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH);
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};

  private Amounts() {}

  /**
   * {@code 21 Nov 2026, 02:00:07 UTC}, followed by the local time where {@code zone} is another.
   */
  static String moment(Instant at, ZoneId zone) {
    String utc = MOMENT.format(at.atZone(ZoneOffset.UTC)) + " UTC";
    boolean other = !zone.getRules().getOffset(at).equals(ZoneOffset.UTC);
    return other ? "%s (%s %s)".formatted(utc, MOMENT.format(at.atZone(zone)), zone.getId()) : utc;
  }

  /** {@code 0.4 s}, {@code 41 s}, {@code 3 min 12 s}, {@code 5 h 2 min}. */
  static String length(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    Duration whole = Duration.ofSeconds(Math.round(seconds));
    if (whole.toMinutes() < 1) {
      return whole.toSeconds() + " s";
    }
    if (whole.toHours() < 1) {
      return "%d min %d s".formatted(whole.toMinutes(), whole.toSecondsPart());
    }
    return "%d h %d min".formatted(whole.toHours(), whole.toMinutesPart());
  }

  /** {@code 512 bytes}, {@code 1.4 GB}; decimal units. */
  static String size(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 999.5 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }
}
