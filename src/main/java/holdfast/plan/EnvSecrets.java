package holdfast.plan;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Secrets in environment variables. */
final class EnvSecrets implements SecretSource {

  private final UnaryOperator<@Nullable String> environment;

  EnvSecrets(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public SecretRef.Kind kind() {
    return SecretRef.Kind.ENV;
  }

  @Override
  public Secret read(SecretRef ref) {
    String value = environment.apply(ref.name());
    if (value == null || value.isEmpty()) {
      throw new SecretMissingException(
          "The environment variable %s is not set; set it where Holdfast is started."
              .formatted(ref.name()));
    }
    return new Secret(value);
  }
}
