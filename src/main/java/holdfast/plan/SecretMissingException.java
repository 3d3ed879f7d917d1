package holdfast.plan;

/**
 * A secret that the plan refers to cannot be read; the message is one sentence for the operator.
 */
public final class SecretMissingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SecretMissingException(String sentence) {
    super(sentence);
  }
}
