package holdfast.restore;

import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tries one copy of a point after the other. */
public final class Attempts {

  private Attempts() {}

  /**
   * The first success; else the first failure.
   *
   * @param excuses failures after which another copy may be tried; any other one is the answer
   */
  public static <T> T each(
      List<Point.Copy> copies, Set<Code> excuses, Function<Point.Copy, T> attempt) {
    @Nullable RunException first = null;
    for (Point.Copy copy : copies) {
      try {
        return attempt.apply(copy);
      } catch (RunException e) {
        first = first == null ? e : first;
        if (!excuses.contains(e.code())) {
          throw e;
        }
      }
    }
    throw first == null ? new IllegalArgumentException("no copy to try") : first;
  }
}
