package holdfast.stream;

import holdfast.plan.KeySpec;
import holdfast.plan.Origin;
import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;

/** Key rings for tests: one passphrase for every key, named {@code right}. */
final class Ring {

  static final SecretRef RIGHT = new SecretRef(SecretRef.Kind.ENV, "right");
  static final SecretRef WRONG = new SecretRef(SecretRef.Kind.ENV, "wrong");
  static final Instant NOW = Instant.parse("2025-09-01T10:00:00Z");

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

  /** A copy of a secret key file without a passphrase, for tests that open thousands of times. */
  static Path unlocked(Path file) throws IOException {
    return unlocked(file, Gpg.PASSPHRASE.toCharArray());
  }

  static Path unlocked(Path file, char[] passphrase) throws IOException {
    Path unlocked = file.resolveSibling("unlocked." + file.getFileName());
    var key = KeyFile.secretKey("opening", file).getPGPSecretKeyRing();
    try (ArmoredOutputStream out =
        ArmoredOutputStream.builder().build(Files.newOutputStream(unlocked))) {
      PGPSecretKeyRing.copyWithNewPassword(
              key,
              new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
                  .build(passphrase),
              null)
          .encode(out);
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
    return unlocked;
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
