package holdfast.journal;

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
