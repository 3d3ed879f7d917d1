package holdfast.catalog;

/** What a proof does to a point's state. Pure. */
final class Standing {

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
      case CORRUPT, EXPIRING, DELETED -> state;
    };
  }
}
