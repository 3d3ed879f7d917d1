package holdfast.plan;

/** Reads secrets of one kind. */
public interface SecretSource {

  /** The kind of reference this source can read. */
  SecretRef.Kind kind();

  /**
   * Reads the secret now; nothing is kept.
   *
   * @throws SecretMissingException with one sentence for the operator when it cannot be read
   */
  Secret read(SecretRef ref);
}
