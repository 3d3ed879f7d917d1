package holdfast.web;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.AssetId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what a caller gave, or says in one sentence what is wrong with it. */
final class Given {

  private static final int TEXT_MAX = 300;
  private static final int DAYS_MAX = 3650;

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
