package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The moments that sources write, in all their spellings. */
final class Times {

  private static final int LONGEST = 60;
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final String ZONE = "[ ][XXX][XX][X][ ]['GMT']['UTC']";

  private static final List<DateTimeFormatter> SPELLINGS =
      List.of(
          spelling("uuuu-MM-dd['T'][' ']HH:mm[:ss]", true),
          spelling("uuuu/MM/dd HH:mm[:ss]", true),
          spelling("d MMM uuuu HH:mm:ss", false),
          spelling("MMM d, uuuu h:mm:ss a", false),
          spelling("dd/MM/uuuu HH:mm:ss", false),
          spelling("dd/MM/uu HH:mm:ss", false));

  private Times() {}

  private static DateTimeFormatter spelling(String pattern, boolean fraction) {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
    if (fraction) {
      builder.optionalStart().appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true).optionalEnd();
    }
    return builder.appendPattern(ZONE).toFormatter(Locale.ENGLISH);
  }

  /** A moment that a source would write: neither long past, nor a day after we heard of it. */
  static boolean isPlausible(Instant moment, Instant receivedAt) {
    return !moment.isBefore(FIRST) && !moment.isAfter(receivedAt.plus(AHEAD));
  }

  /** The moment written there, if it can be read and is plausible. */
  static Optional<Instant> read(JsonNode value, Instant receivedAt) {
    return moment(value).filter(moment -> isPlausible(moment, receivedAt));
  }

  /** The moment written there, however far away; without a zone it is UTC. */
  static Optional<Instant> moment(JsonNode value) {
    try {
      if (value.isNumber()) {
        return Optional.of(epoch(value.decimalValue()));
      }
      return value.isTextual() ? text(value.asText().strip()) : Optional.empty();
    } catch (ArithmeticException | DateTimeException | NumberFormatException beyond) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> text(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    if (text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')) {
      return Optional.of(epoch(new BigDecimal(text)));
    }
    String plain = withoutWeekday(text).replace('\u202f', ' ').replace('\u00a0', ' ');
    return SPELLINGS.stream().flatMap(spelling -> spelt(spelling, plain).stream()).findFirst();
  }

  private static Optional<Instant> spelt(DateTimeFormatter spelling, String text) {
    ParsePosition end = new ParsePosition(0);
    TemporalAccessor parsed = spelling.parseUnresolved(text, end);
    return parsed == null || end.getIndex() < text.length()
        ? Optional.empty()
        : Optional.of(instant(spelling.parse(text)));
  }

  /** A weekday adds nothing, and is wrong often enough. */
  private static String withoutWeekday(String text) {
    int comma = text.indexOf(',');
    boolean weekday =
        comma > 2 && comma < 10 && text.substring(0, comma).chars().allMatch(Character::isLetter);
    return weekday ? text.substring(comma + 1).strip() : text;
  }

  private static Instant instant(TemporalAccessor parsed) {
    LocalDateTime local = LocalDateTime.from(parsed);
    ZoneOffset offset =
        parsed.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(parsed) : ZoneOffset.UTC;
    return local.toInstant(offset);
  }

  /** Seconds, milliseconds, micro- or nanoseconds, by their size. */
  private static Instant epoch(BigDecimal number) {
    if (number.precision() - number.scale() > 20 || number.scale() > 50) {
      throw new ArithmeticException("no time");
    }
    int digits = Math.max(number.precision() - number.scale(), 0);
    int shift = digits <= 11 ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
    BigDecimal nanos = number.movePointLeft(shift).movePointRight(9);
    long whole = nanos.toBigInteger().longValueExact();
    return Instant.ofEpochSecond(0, whole);
  }
}
