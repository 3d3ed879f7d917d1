package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ConnectionSpec;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names that may be handed to PostgreSQL's programs. libpq reads a database name with an equals
 * sign or a scheme as a whole connection string, and a leading dash is an option; such names would
 * send a password to somewhere else, so they are refused before anything runs.
 */
final class Names {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_ .$@-]{0,62}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9a-fA-F:.]{2,45}(%[A-Za-z0-9]{1,15})?");
  private static final Pattern FOLDER = Pattern.compile("/[^\\p{Cntrl},]{0,200}");
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
  private static final int HIGHEST_PORT = 65535;

  private Names() {}

  static void require(ConnectionSpec server, String database) {
    require(server.host(), server.port(), server.user(), server.sslMode(), database);
  }

  static void require(Target target) {
    require(target.host(), target.port(), target.user(), target.sslMode(), target.database());
  }

  private static void require(String host, int port, String user, String sslMode, String database) {
    unless(NAME.matcher(database).matches(), "database", database);
    unless(NAME.matcher(user).matches(), "user", user);
    unless(
        List.of(HOST, ADDRESS, FOLDER).stream().anyMatch(form -> form.matcher(host).matches()),
        "host",
        host);
    unless(port > 0 && port <= HIGHEST_PORT, "port", String.valueOf(port));
    unless(SSL_MODES.contains(sslMode), "sslmode", sslMode);
  }

  /** Refuses a table unless it is {@code schema.table}. */
  static void requireTable(String table) {
    int dot = table.indexOf('.');
    boolean both = dot > 0 && dot < table.length() - 1;
    unless(both && table.chars().noneMatch(Character::isISOControl), "table", table);
  }

  private static void unless(boolean fits, String what, String name) {
    if (!fits) {
      throw new RunException(
          Code.INVALID,
          what,
          false,
          "'%s' cannot be the name of a %s here: correct it in the plan, without '=', '://' or a leading '-'."
              .formatted(printable(name), what));
    }
  }

  private static String printable(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
  }
}
