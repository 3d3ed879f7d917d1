package holdfast.retention;

/**
 * What is to become of one point.
 *
 * @param reason in plain words, such as {@code daily 3 of 7}
 */
public record Verdict(String point, boolean keep, Why why, String reason) {

  /** What speaks. */
  public enum Why {
    /** The clock cannot be believed, so nothing is decided. */
    CLOCK,
    /** Something reads it now. */
    READ,
    /** A store refuses to remove it. */
    LOCKED,
    /** Somebody holds it. */
    HELD,
    /** The newest that was proven. */
    NEWEST_PROVEN,
    /** The newest that is good. */
    NEWEST_GOOD,
    /** No point is good, so none is let go. */
    NO_GOOD,
    /** Younger than the minimum. */
    YOUNG,
    /** A rule of the plan. */
    RULE,
    /** Another point that is kept needs it. */
    PARENT,
    /** Nothing speaks for it. */
    NOTHING;

    /** Whether it hinders the removal only for now, and does not undo the decision. */
    public boolean passing() {
      return this == CLOCK || this == READ || this == LOCKED;
    }
  }

  static Verdict keep(Known point, Why why, String reason) {
    return new Verdict(point.id(), true, why, reason);
  }

  static Verdict remove(Known point, String reason) {
    return new Verdict(point.id(), false, Why.NOTHING, reason);
  }
}
