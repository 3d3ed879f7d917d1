package holdfast.alarm;

import java.time.Duration;

/** An event that was not accepted: the sender's fault, told in one sentence without any secret. */
public final class TurnedAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why; each has an answer of its own at the door. */
  public enum Why {
    /** Nobody of that name may post. */
    UNKNOWN,
    /** No token, or a wrong one. */
    UNPROVEN,
    /** No signature, or one that does not fit. */
    FORGED,
    /** No text, or not the text it should be. */
    MALFORMED,
    TOO_LARGE,
    TOO_MANY
  }

  private final Why why;
  private final Duration wait;

  TurnedAway(Why why, String sentence) {
    this(why, sentence, Duration.ZERO);
  }

  TurnedAway(Why why, String sentence, Duration wait) {
    super(sentence);
    this.why = why;
    this.wait = wait;
  }

  public Why why() {
    return why;
  }

  /** How long the sender should wait before it tries again; zero where that would not help. */
  public Duration waitFor() {
    return wait;
  }
}
