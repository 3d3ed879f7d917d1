package holdfast.plan;

import java.util.List;
import java.util.Locale;

/**
 * A pattern of an alarm rule: {@code *} is any run of characters, {@code ?} any one; upper and
 * lower case are the same. Never a regular expression: matching takes at most text times pattern.
 */
public final class Glob {

  private final String pattern;
  private final String folded;

  public Glob(String pattern) {
    this.pattern = pattern;
    this.folded = pattern.toLowerCase(Locale.ROOT);
  }

  /** Whether any of the patterns covers the whole text. */
  static boolean any(List<Glob> globs, String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    return globs.stream().anyMatch(glob -> glob.covers(folded));
  }

  /** Whether the pattern covers the whole text. */
  public boolean matches(String text) {
    return covers(text.toLowerCase(Locale.ROOT));
  }

  /** Goes back to the latest star only, which is enough: an earlier one could not do better. */
  private boolean covers(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < text.length()) {
      if (at < folded.length() && folded.charAt(at) == '*') {
        star = at++;
        resume = in;
      } else if (at < folded.length() && same(folded.charAt(at), text.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    return folded.substring(at).chars().allMatch(rest -> rest == '*');
  }

  private static boolean same(char wanted, char found) {
    return wanted == '?' || wanted == found;
  }

  /** Whether it is one word, without {@code *} or {@code ?}. */
  boolean isLiteral() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && glob.folded.equals(folded);
  }

  @Override
  public int hashCode() {
    return folded.hashCode();
  }

  @Override
  public String toString() {
    return pattern;
  }
}
