package holdfast.plan;

import java.time.Duration;

/** Amounts as operators write them; the schema has already refused every other spelling. */
final class Amounts {

  private Amounts() {}

  /** A number and one of s, m, h, d: {@code 15m}, {@code 24h}, {@code 30d}. */
  static Duration duration(String text) {
    long amount = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** As operators write it, in the largest unit that leaves no rest. */
  static String words(Duration duration) {
    if (duration.toSecondsPart() != 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.toMinutesPart() != 0) {
      return duration.toMinutes() + " min";
    }
    return duration.toHours() % 24 != 0 || duration.toHours() <= 48
        ? duration.toHours() + " h"
        : duration.toDays() + " days";
  }

  /** Bytes from a number and one of MB, GB, TB, which count in thousands. */
  static long bytes(String text) {
    long amount = Long.parseLong(text.substring(0, text.length() - 2));
    return switch (text.charAt(text.length() - 2)) {
      case 'M' -> amount * 1_000_000;
      case 'G' -> amount * 1_000_000_000;
      default -> amount * 1_000_000_000_000L;
    };
  }

  /** A share between 0 and 1 from {@code 99.9%}. */
  static double share(String percent) {
    return new java.math.BigDecimal(percent.substring(0, percent.length() - 1))
        .movePointLeft(2)
        .doubleValue();
  }
}
