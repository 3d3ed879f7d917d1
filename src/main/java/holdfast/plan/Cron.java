package holdfast.plan;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * Five cron fields over local time, read as Unix reads them, with {@code L}, {@code W} and {@code
 * #} besides.
 */
final class Cron {

  /** Why a text is no schedule, and what to write instead. */
  record Refusal(String what, String fix) {}

  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final LocalDateTime ANY = LocalDateTime.of(2024, 1, 1, 0, 0);

  private final CronExpression expression;

  private Cron(CronExpression expression) {
    this.expression = expression;
  }

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException with one sentence when it is none
   */
  static Cron parse(String text) {
    List<Refusal> refusals = new ArrayList<>();
    Cron cron = read(text, refusals);
    if (cron == null) {
      throw new IllegalArgumentException(refusals.get(0).what() + " " + refusals.get(0).fix());
    }
    return cron;
  }

  /** The five fields, also where a shorthand such as {@code @daily} stands for them. */
  static String[] fields(String text) {
    return MACROS.getOrDefault(text.strip(), text.strip()).split("\\s+");
  }

  /** Why this is no schedule; empty when it is one. */
  static Optional<Refusal> refusal(String text) {
    List<Refusal> refusals = new ArrayList<>();
    read(text, refusals);
    return refusals.stream().findFirst();
  }

  /** The first local time after this one; absent when there is none in this century. */
  Optional<LocalDateTime> next(LocalDateTime after) {
    return Optional.ofNullable(expression.next(after));
  }

  private static @Nullable Cron read(String text, List<Refusal> refusals) {
    String[] fields = fields(text);
    shape(text, fields).ifPresent(refusals::add);
    if (!refusals.isEmpty()) {
      return null;
    }
    StringBuilder spring = new StringBuilder("0");
    for (CronField field : CronField.values()) {
      spring.append(' ').append(field.normal(fields[field.ordinal()], refusals));
    }
    bothDays(text, fields).ifPresent(refusals::add);
    if (!refusals.isEmpty()) {
      return null;
    }
    return firing(text, spring.toString(), refusals);
  }

  private static @Nullable Cron firing(String text, String spring, List<Refusal> refusals) {
    try {
      Cron cron = new Cron(CronExpression.parse(spring));
      if (cron.next(ANY).isPresent()) {
        return cron;
      }
      refusals.add(
          new Refusal(
              "The cron '%s' never fires.".formatted(text), "Name a day that its month has."));
    } catch (IllegalArgumentException e) {
      refusals.add(
          new Refusal(
              "The cron '%s' cannot be read.".formatted(text),
              "Write five fields, such as '0 2 * * *' for 02:00 each day."));
    }
    return null;
  }

  private static Optional<Refusal> shape(String text, String[] fields) {
    if (text.strip().startsWith("@") && fields.length == 1) {
      return Optional.of(
          new Refusal(
              "The cron '%s' is no known shorthand.".formatted(text),
              "Use @hourly, @daily, @weekly, @monthly or @yearly, or five fields."));
    }
    if (fields.length != 5) {
      return Optional.of(
          new Refusal(
              "The cron '%s' has %d field%s instead of five."
                  .formatted(text, fields.length, fields.length == 1 ? "" : "s"),
              fields.length > 5
                  ? "Write minute, hour, day of month, month, day of week; there are no seconds and no years."
                  : "Write minute, hour, day of month, month, day of week."));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> bothDays(String text, String[] fields) {
    if (isRestricted(fields[2]) && isRestricted(fields[4])) {
      return Optional.of(
          new Refusal(
              "The cron '%s' restricts both the day of month and the day of week, which some crons read as 'and' and others as 'or'."
                  .formatted(text),
              "Put '*' in one of them, or write two schedules."));
    }
    return Optional.empty();
  }

  private static boolean isRestricted(String field) {
    return !field.equals("*") && !field.equals("?");
  }
}
