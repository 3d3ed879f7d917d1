package holdfast.plan;

/** Where a secret is kept; the plan holds only this, never the secret. */
public record SecretRef(Kind kind, String name) {

  /** An environment variable, a file, or a secret in AWS Secrets Manager. */
  public enum Kind {
    ENV,
    FILE,
    AWS
  }
}
