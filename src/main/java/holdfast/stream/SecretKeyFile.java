package holdfast.stream;

import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A secret key and how to unlock it.
 *
 * @param purpose "signing" or "opening"
 */
record SecretKeyFile(
    String purpose, Path file, OpenPGPKey key, @Nullable SecretRef passphrase, Secrets secrets) {

  static SecretKeyFile read(
      String purpose, @Nullable Path file, @Nullable SecretRef passphrase, Secrets secrets) {
    if (file == null) {
      throw KeyFile.noKey(
          "holdfast.keys." + purpose,
          "No %s key is declared: add holdfast.keys.%s to application.yml."
              .formatted(purpose, purpose));
    }
    return new SecretKeyFile(purpose, file, KeyFile.secretKey(purpose, file), passphrase, secrets);
  }

  /**
   * A key that somebody has handed over, with what unlocks it.
   *
   * @param name of its file, for sentences alone
   */
  static SecretKeyFile given(Path name, byte[] armored, Secret passphrase) {
    SecretRef only = new SecretRef(SecretRef.Kind.ENV, "given");
    Secrets given = new Secrets(List.of(new GivenSecret(passphrase)));
    return new SecretKeyFile(
        "escrow", name, KeyFile.secretKey("escrow", name, armored), only, given);
  }

  private record GivenSecret(Secret value) implements SecretSource {

    @Override
    public SecretRef.Kind kind() {
      return SecretRef.Kind.ENV;
    }

    @Override
    public Secret read(SecretRef ref) {
      return value;
    }
  }

  String fingerprint() {
    return Recipient.hex(key.getFingerprint());
  }

  /** The private part of {@code part}; throws NO_KEY when the passphrase does not unlock it. */
  PGPPrivateKey unlock(OpenPGPSecretKey part) {
    char[] passphrase = part.isLocked() ? readPassphrase() : new char[0];
    try {
      return part.getPGPSecretKey().extractPrivateKey(decryptor(passphrase));
    } catch (PGPException | RuntimeException e) {
      throw KeyFile.noKey(
          file,
          "The declared passphrase does not unlock the %s key in %s: mend the passphrase that holdfast.keys.%s refers to."
              .formatted(purpose, file, purpose));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** By the JDK's digests, since gpg's keys hash tens of megabytes per unlocking. */
  private static PBESecretKeyDecryptor decryptor(char[] passphrase) throws PGPException {
    return new BcPBESecretKeyDecryptorBuilder(new JcaPGPDigestCalculatorProviderBuilder().build())
        .build(passphrase);
  }

  private char[] readPassphrase() {
    if (passphrase == null) {
      throw KeyFile.noKey(
          file,
          "The %s key in %s is locked and no passphrase is declared: add holdfast.keys.%s.passphrase to application.yml."
              .formatted(purpose, file, purpose));
    }
    try {
      return secrets.read(passphrase).reveal().toCharArray();
    } catch (SecretMissingException e) {
      throw KeyFile.noKey(
          file, "The passphrase of the " + purpose + " key cannot be read: " + e.getMessage());
    }
  }
}
