package holdfast.stream;

import org.bouncycastle.bcpg.ECPublicBCPGKey;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;

/** Which keys are strong enough: RSA from 3072 bits on, and Curve25519. */
final class Strength extends OpenPGPDefaultPolicy {

  static final int RSA_BITS = 3072;

  private static final String CURVE25519 = "1.3.6.1.4.1.3029.1.5.1";
  private static final String ED25519 = "1.3.6.1.4.1.11591.15.1";

  /** Parsing judges nothing; {@link Recipient} does, in words. */
  @Override
  public boolean isAcceptablePublicKeyStrength(int algorithm, int bits) {
    return true;
  }

  static boolean enough(PGPPublicKey key) {
    return switch (key.getAlgorithm()) {
      case PublicKeyAlgorithmTags.RSA_GENERAL,
          PublicKeyAlgorithmTags.RSA_ENCRYPT,
          PublicKeyAlgorithmTags.RSA_SIGN ->
          key.getBitStrength() >= RSA_BITS;
      case PublicKeyAlgorithmTags.ECDH -> onCurve(key, CURVE25519);
      case PublicKeyAlgorithmTags.EDDSA_LEGACY -> onCurve(key, ED25519);
      default -> false;
    };
  }

  private static boolean onCurve(PGPPublicKey key, String curve) {
    return key.getPublicKeyPacket().getKey() instanceof ECPublicBCPGKey point
        && point.getCurveOID().getId().equals(curve);
  }

  /** Such as {@code RSA with 2048 bits}. */
  static String describe(PGPPublicKey key) {
    return switch (key.getAlgorithm()) {
      case PublicKeyAlgorithmTags.RSA_GENERAL,
          PublicKeyAlgorithmTags.RSA_ENCRYPT,
          PublicKeyAlgorithmTags.RSA_SIGN ->
          "RSA with " + key.getBitStrength() + " bits";
      case PublicKeyAlgorithmTags.DSA -> "DSA";
      case PublicKeyAlgorithmTags.ELGAMAL_ENCRYPT, PublicKeyAlgorithmTags.ELGAMAL_GENERAL ->
          "ElGamal";
      case PublicKeyAlgorithmTags.ECDH,
          PublicKeyAlgorithmTags.ECDSA,
          PublicKeyAlgorithmTags.EDDSA_LEGACY ->
          "another curve than Curve25519";
      default -> "OpenPGP algorithm " + key.getAlgorithm();
    };
  }
}
