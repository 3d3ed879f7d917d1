package holdfast.stream;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key found fit to seal to.
 *
 * @param fingerprint of the whole key, upper-case hex
 * @param key the newest of its parts that may encrypt
 * @param expires when key or part expires, whichever is first; null = never
 */
record Recipient(
    String name, Path file, String fingerprint, PGPPublicKey key, @Nullable Instant expires) {

  /** Reads and judges the key in {@code file}; throws NO_KEY with a sentence. */
  static Recipient read(String name, Path file, Instant now) {
    OpenPGPCertificate certificate = KeyFile.certificate(name, file);
    Date date = Date.from(now);
    requireAlive(certificate, name, file, now);
    OpenPGPComponentKey part =
        certificate.getEncryptionKeys(date).stream()
            .max(Comparator.comparing(OpenPGPComponentKey::getCreationTime))
            .orElseThrow(() -> KeyFile.noKey(file, whyNone(certificate, name, file, now)));
    requireStrong(certificate.getPrimaryKey().getPGPPublicKey(), name, file);
    requireStrong(part.getPGPPublicKey(), name, file);
    return new Recipient(
        name,
        file,
        hex(certificate.getFingerprint()),
        part.getPGPPublicKey(),
        first(certificate.getExpirationTime(date), part.getKeyExpirationDateAt(date)));
  }

  static String hex(byte[] fingerprint) {
    return HexFormat.of().withUpperCase().formatHex(fingerprint);
  }

  private static void requireAlive(
      OpenPGPCertificate certificate, String name, Path file, Instant now) {
    if (certificate.getRevocation(Date.from(now)) != null) {
      throw KeyFile.noKey(
          file,
          "The key of recipient '%s' in %s is revoked: put its successor there."
              .formatted(name, file));
    }
    if (certificate.getPrimaryKey().getCreationTime().toInstant().isAfter(now)) {
      throw KeyFile.noKey(
          file,
          "The key of recipient '%s' in %s was made in the future: set this host's clock."
              .formatted(name, file));
    }
    Date end = certificate.getExpirationTime(Date.from(now));
    if (end != null && !end.toInstant().isAfter(now)) {
      throw expired(name, file, end.toInstant());
    }
  }

  private static RuntimeException expired(String name, Path file, Instant end) {
    return KeyFile.noKey(file, expiredSentence(name, file, end));
  }

  private static String expiredSentence(String name, Path file, Instant end) {
    return "The key of recipient '%s' in %s expired on %s: extend it and export it again, or put its successor there."
        .formatted(name, file, end.toString().substring(0, 10));
  }

  /** Why no part may encrypt now although the key itself is alive. */
  private static String whyNone(
      OpenPGPCertificate certificate, String name, Path file, Instant now) {
    List<OpenPGPComponentKey> meant =
        certificate.getKeys().stream().filter(key -> encrypts(key)).toList();
    for (OpenPGPComponentKey part : meant) {
      Date end = part.getKeyExpirationDateAt(Date.from(now));
      if (end != null && !end.toInstant().isAfter(now)) {
        return expiredSentence(name, file, end.toInstant());
      }
    }
    return meant.isEmpty()
        ? "The key of recipient '%s' in %s cannot encrypt: add an encryption subkey and export it again."
            .formatted(name, file)
        : "The encryption subkey of recipient '%s' in %s is revoked: put its successor there."
            .formatted(name, file);
  }

  private static boolean encrypts(OpenPGPComponentKey part) {
    Date made = part.getCreationTime();
    return part.hasKeyFlags(made, KeyFlags.ENCRYPT_COMMS)
        || part.hasKeyFlags(made, KeyFlags.ENCRYPT_STORAGE);
  }

  private static void requireStrong(PGPPublicKey key, String name, Path file) {
    if (!Strength.enough(key)) {
      throw KeyFile.noKey(
          file,
          "The key of recipient '%s' in %s is too weak (%s): use RSA with at least %d bits or Curve25519."
              .formatted(name, file, Strength.describe(key), Strength.RSA_BITS));
    }
  }

  private static @Nullable Instant first(@Nullable Date one, @Nullable Date other) {
    Date first = one == null || other != null && other.before(one) ? other : one;
    return first == null ? null : first.toInstant();
  }
}
