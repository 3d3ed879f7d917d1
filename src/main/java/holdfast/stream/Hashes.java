package holdfast.stream;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hashes of the format at rest; the JDK's own use the processor's instructions. */
final class Hashes {

  private Hashes() {}

  static MessageDigest sha256() {
    return of("SHA-256");
  }

  /** For the integrity packet, which OpenPGP fixes to SHA-1. */
  static MessageDigest sha1() {
    return of("SHA-1");
  }

  private static MessageDigest of(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
