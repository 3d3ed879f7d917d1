package holdfast.restore;

import holdfast.catalog.Point;
import holdfast.journal.RunException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tries one copy of a point after the other. */
public final class Attempts {

  private Attempts() {}

  /**
   * The first success; else the first failure. Only trouble with a copy leads to the next one: what
   * the target says, it would say again.
   *
   * @param excuses whether another copy may be tried after that trouble with one
   */
  public static <T> T each(
      List<Point.Copy> copies, Predicate<RunException> excuses, Function<Point.Copy, T> attempt) {
    @Nullable RunException first = null;
    for (Point.Copy copy : copies) {
      try {
        return attempt.apply(copy);
      } catch (CopyTrouble trouble) {
        first = first == null ? trouble.failure() : first;
        if (!excuses.test(trouble.failure())) {
          throw trouble.failure();
        }
      }
    }
    throw first == null ? new IllegalArgumentException("no copy to try") : first;
  }
}
