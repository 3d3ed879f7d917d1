package holdfast.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a mistyped word was meant to be. */
final class Nearest {

  private Nearest() {}

  /** "Did you mean …?" where one of the candidates is close, else what may stand there. */
  static String fix(String word, Collection<String> candidates, String otherwise) {
    return to(word, candidates).map("Did you mean '%s'?"::formatted).orElse(otherwise);
  }

  /** The closest candidate, if close enough to be a slip of the fingers. */
  static Optional<String> to(String word, Collection<String> candidates) {
    String typed = plain(word);
    return candidates.stream()
        .filter(
            candidate -> distance(typed, plain(candidate)) <= Math.max(1, candidate.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(typed, plain(candidate))));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Edits of one letter (insert, delete, replace, swap neighbours) from one word to the other. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : edit(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int edit(int[][] d, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
