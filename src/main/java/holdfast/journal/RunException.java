package holdfast.journal;

import holdfast.plan.SecretMissingException;

/**
 * A run cannot go on. The message is one sentence for a person: what is wrong with which subject,
 * and what to do; it never holds a secret.
 */
public final class RunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String subject;
  private final boolean retryable;

  /**
   * A failure.
   *
   * @param subject what it concerns: an asset, a store, a key, a file
   * @param retryable whether the same run may succeed later without anybody mending anything
   */
  public RunException(Code code, String subject, boolean retryable, String sentence) {
    this(code, subject, retryable, sentence, null);
  }

  public RunException(
      Code code,
      String subject,
      boolean retryable,
      String sentence,
      @org.jspecify.annotations.Nullable Throwable cause) {
    super(sentence, cause);
    this.code = code;
    this.subject = subject;
    this.retryable = retryable;
  }

  /**
   * What {@code failure} means for a run: the RunException it is or carries, the sentence of a
   * missing secret, or INTERNAL for anything nobody foresaw, Errors too.
   */
  public static RunException from(Throwable failure, String subject) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof RunException known) {
        return known.getSuppressed().length == 0 ? known : known.alone();
      }
      if (at instanceof SecretMissingException missing) {
        return new RunException(Code.DENIED, subject, false, missing.getMessage(), missing);
      }
    }
    return new RunException(
        Code.INTERNAL,
        subject,
        false,
        "Holdfast failed at %s with %s, which is a defect; its log has the details."
            .formatted(subject, failure.getClass().getSimpleName()),
        failure);
  }

  /** Camel takes a suppressed exception for the one that counts, so none may leave an act. */
  private RunException alone() {
    return new RunException(code, subject, retryable, getMessage(), this);
  }

  public Code code() {
    return code;
  }

  public String subject() {
    return subject;
  }

  public boolean retryable() {
    return retryable;
  }
}
