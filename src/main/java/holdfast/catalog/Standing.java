package holdfast.catalog;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What proofs and copies do to a point's state. Pure. */
final class Standing {

  private static final Set<Point.State> WHOLE = Set.of(Point.State.GOOD, Point.State.PROVEN);

  private Standing() {}

  /** A PASS proves, a FAIL makes suspect, and what could not be verified changes nothing. */
  static Point.State after(Point.State state, Proof.Verdict verdict) {
    return switch (state) {
      case GOOD, PROVEN, SUSPECT ->
          switch (verdict) {
            case PASS -> Point.State.PROVEN;
            case FAIL -> Point.State.SUSPECT;
            case COULD_NOT_VERIFY -> state;
          };
      case CORRUPT, MISSING, EXPIRING, DELETED -> state;
    };
  }

  /**
   * What a point is whose copies are now these. One whole copy suffices to restore it, whatever
   * became of the others; that some are missing is told apart from this.
   *
   * @param decided the newest proof that passed or failed; absent where there is none
   */
  static Point.State by(
      Point.State state, List<Point.State> copies, Proof.@Nullable Verdict decided) {
    if (state == Point.State.EXPIRING || state == Point.State.DELETED) {
      return state;
    }
    if (copies.stream().noneMatch(WHOLE::contains)) {
      return copies.contains(Point.State.SUSPECT) ? Point.State.SUSPECT : Point.State.CORRUPT;
    }
    if (decided == null) {
      return Point.State.GOOD;
    }
    return decided == Proof.Verdict.PASS ? Point.State.PROVEN : Point.State.SUSPECT;
  }
}
