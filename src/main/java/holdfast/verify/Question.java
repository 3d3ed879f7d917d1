package holdfast.verify;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * SQL that may be put to a restored copy: one statement that only reads. Pure; the role, the
 * read-only transaction and the time limit of the connection hold all the same.
 */
final class Question {

  private static final Pattern READS =
      Pattern.compile("[\\s(]*(select|with|table|values)\\b.*", Pattern.DOTALL);

  /** What a route's SQL step would evaluate itself instead of passing it on. */
  private static final Pattern EVALUATED = Pattern.compile(":[#?]|\\$\\{|\\$simple\\{");

  private Question() {}

  /** Throws REFUSED unless {@code sql} may be asked. */
  static void require(String sql) {
    String trimmed = withoutLastSemicolon(sql);
    if (trimmed.indexOf(';') >= 0) {
      throw refused("it holds a semicolon, and only one statement may be asked");
    }
    if (!READS.matcher(trimmed.toLowerCase(Locale.ROOT)).matches()) {
      throw refused("it does not begin with SELECT, WITH, TABLE or VALUES");
    }
    if (EVALUATED.matcher(trimmed).find()) {
      throw refused("it holds :#, :? or ${, which the SQL step would replace");
    }
  }

  static String withoutLastSemicolon(String sql) {
    String stripped = sql.strip();
    return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }

  private static RunException refused(String why) {
    return new RunException(
        Code.REFUSED,
        "verification query",
        false,
        "The verification query was not asked because " + why + ".");
  }
}
