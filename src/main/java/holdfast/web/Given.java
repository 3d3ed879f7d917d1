package holdfast.web;

import static java.util.stream.Collectors.joining;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.AssetId;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a caller gave, or says in one sentence what is wrong with it. */
final class Given {

  private static final int TEXT_MAX = 300;
  private static final int DAYS_MAX = 3650;
  private static final int MINUTES_MAX = 100_000;
  private static final int PROSE_MAX = 4000;

  private Given() {}

  static String text(String field, @Nullable String value) {
    if (value == null
        || value.isBlank()
        || value.length() > TEXT_MAX
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new RunException(
          Code.INVALID,
          field,
          false,
          "The field '%s' must be one line of 1 to %d characters.".formatted(field, TEXT_MAX));
    }
    return value;
  }

  static AssetId asset(String text) {
    try {
      return AssetId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RunException(Code.INVALID, text, false, String.valueOf(e.getMessage()), e);
    }
  }

  static AssetId asset(String system, String asset) {
    return asset(system + "/" + asset);
  }

  static Duration days(long days) {
    if (days < 1 || days > DAYS_MAX) {
      throw new RunException(
          Code.INVALID,
          "days",
          false,
          "A token must expire after 1 to %d days, or never.".formatted(DAYS_MAX));
    }
    return Duration.ofDays(days);
  }

  static Duration minutes(long minutes) {
    if (minutes < 1 || minutes > MINUTES_MAX) {
      throw new RunException(
          Code.INVALID,
          "minutes",
          false,
          "The field 'minutes' must be a number from 1 to %d.".formatted(MINUTES_MAX));
    }
    return Duration.ofMinutes(minutes);
  }

  static LocalDate day(String field, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new RunException(
          Code.INVALID,
          field,
          false,
          "The field '%s' must be a day such as 2027-01-31.".formatted(field),
          e);
    }
  }

  static Instant moment(String field, @Nullable Instant moment) {
    if (moment == null) {
      throw new RunException(
          Code.INVALID,
          field,
          false,
          "The field '%s' must be a moment such as 2027-01-31T03:00:00Z.".formatted(field));
    }
    return moment;
  }

  /** Several lines, or none at all. */
  static String prose(String field, @Nullable String value) {
    String text = value == null ? "" : value.replace("\r\n", "\n").strip();
    if (text.length() > PROSE_MAX
        || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw new RunException(
          Code.INVALID,
          field,
          false,
          "The field '%s' must be plain text of at most %d characters."
              .formatted(field, PROSE_MAX));
    }
    return text;
  }

  static Severity severity(@Nullable String text) {
    return choice("severity", Severity.values(), Severity::words, text);
  }

  static Situation situation(@Nullable String text) {
    return choice("situation", Situation.values(), Situation::words, text);
  }

  private static <C extends Enum<C>> C choice(
      String field, C[] choices, Function<C, String> words, @Nullable String text) {
    for (C choice : choices) {
      if (choice.name().equalsIgnoreCase(text)) {
        return choice;
      }
    }
    throw new RunException(
        Code.INVALID,
        field,
        false,
        "The field '%s' must be one of: %s."
            .formatted(field, Stream.of(choices).map(words).collect(joining(", "))));
  }

  static Role role(@Nullable String text) {
    for (Role role : Role.values()) {
      if (role.name().equalsIgnoreCase(text)) {
        return role;
      }
    }
    throw new RunException(
        Code.INVALID, "role", false, "The role must be viewer, operator or admin.");
  }
}
