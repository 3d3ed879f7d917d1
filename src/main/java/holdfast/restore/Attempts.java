package holdfast.restore;

import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tries one copy after the other while it is the copy that is at fault. */
public final class Attempts {

  private Attempts() {}

  /** The first success; else the first failure. */
  public static <T> T each(List<Point.Copy> copies, Function<Point.Copy, T> attempt) {
    @Nullable RunException first = null;
    for (Point.Copy copy : copies) {
      try {
        return attempt.apply(copy);
      } catch (RunException e) {
        first = first == null ? e : first;
        if (!copyAtFault(e.code())) {
          throw e;
        }
      }
    }
    throw first == null ? new IllegalArgumentException("no copy to try") : first;
  }

  private static boolean copyAtFault(Code code) {
    return code == Code.CORRUPT || code == Code.TRUNCATED || code == Code.UNREACHABLE;
  }
}
