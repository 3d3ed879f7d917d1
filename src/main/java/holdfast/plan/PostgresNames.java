package holdfast.plan;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses names that libpq's programs would read as something else: {@code pg_dump -d} takes a text
 * with {@code =} for a whole set of connection settings, and sends the password there. The name
 * itself is never repeated, since an address may hold a password.
 */
final class PostgresNames {

  private static final Pattern ODD = Pattern.compile("[\\s\\p{Cntrl}'\"\\\\`]");

  private PostgresNames() {}

  /** A finding when this database, user or host would not be taken by its letters. */
  static void check(Section at, String field, String fix, List<Finding> findings) {
    reason(at.text(field))
        .ifPresent(
            why ->
                findings.add(
                    Finding.error(
                        at.origin(field), "%s.%s %s.".formatted(at.place(), field, why), fix)));
  }

  private static Optional<String> reason(String name) {
    if (name.contains("://")) {
      return Optional.of("is an address instead of a bare name");
    }
    if (name.contains("=")) {
      return Optional.of("holds '=', so PostgreSQL would read it as connection settings");
    }
    if (name.startsWith("-")) {
      return Optional.of("starts with '-', so PostgreSQL's programs would read it as an option");
    }
    if (ODD.matcher(name).find()) {
      return Optional.of("holds a space, a quote or a backslash");
    }
    return Optional.empty();
  }
}
