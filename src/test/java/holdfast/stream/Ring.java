package holdfast.stream;

import holdfast.plan.KeySpec;
import holdfast.plan.Origin;
import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Key rings for tests: one passphrase for every key, named {@code right}. */
final class Ring {

  static final SecretRef RIGHT = new SecretRef(SecretRef.Kind.ENV, "right");
  static final SecretRef WRONG = new SecretRef(SecretRef.Kind.ENV, "wrong");
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private Ring() {}

  static KeyRing of(KeySpec spec) {
    return of(spec, NOW);
  }

  static KeyRing of(KeySpec spec, Instant now) {
    return new KeyRing(spec, secrets(), InstantSource.fixed(now));
  }

  static KeySpec spec(
      Map<String, Path> recipients, @Nullable Path signing, @Nullable Path opening) {
    return new KeySpec(
        recipients, signing, RIGHT, opening, RIGHT, new Origin(Path.of("application.yml"), 30));
  }

  static Secrets secrets() {
    return new Secrets(
        List.of(
            new SecretSource() {
              @Override
              public SecretRef.Kind kind() {
                return SecretRef.Kind.ENV;
              }

              @Override
              public Secret read(SecretRef ref) {
                return switch (ref.name()) {
                  case "right" -> new Secret(Gpg.PASSPHRASE);
                  case "wrong" -> new Secret("battery staple");
                  default ->
                      throw new SecretMissingException("Variable " + ref.name() + " is not set.");
                };
              }
            }));
  }
}
