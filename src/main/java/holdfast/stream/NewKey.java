package holdfast.stream;

import holdfast.stream.KeyMaker.Use;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;

/** A new key in memory, in the shape that gpg 2.2 makes and reads. */
final class NewKey {

  /** 16 MiB hashed per try of a passphrase. */
  private static final int S2K_COUNT = 0xE0;

  private NewKey() {}

  static PGPSecretKeyRing make(String name, Use use, char[] passphrase, Instant now)
      throws PGPException {
    Date date = Date.from(now);
    PGPKeyPairGenerator pairs =
        new BcPGPKeyPairGeneratorProvider().get(PublicKeyPacket.VERSION_4, date);
    PGPKeyPair primary = pairs.generateLegacyEd25519KeyPair();
    BcPGPDigestCalculatorProvider digests = new BcPGPDigestCalculatorProvider();
    PGPDigestCalculator sha256 = digests.get(HashAlgorithmTags.SHA256);
    PGPKeyRingGenerator ring =
        new PGPKeyRingGenerator(
            PGPSignature.POSITIVE_CERTIFICATION,
            primary,
            "Holdfast " + name,
            digests.get(HashAlgorithmTags.SHA1),
            preferences(use, date),
            null,
            new BcPGPContentSignerBuilder(
                primary.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512),
            new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256, sha256, S2K_COUNT)
                .build(passphrase));
    if (use == Use.ENCRYPT) {
      ring.addSubKey(pairs.generateLegacyX25519KeyPair(), encryption(date), null);
    }
    return ring.generateSecretKeyRing();
  }

  private static PGPSignatureSubpacketVector preferences(Use use, Date date) {
    PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
    packets.setSignatureCreationTime(false, date);
    packets.setKeyFlags(
        false,
        use == Use.SIGN ? KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA : KeyFlags.CERTIFY_OTHER);
    packets.setPreferredSymmetricAlgorithms(false, new int[] {SymmetricKeyAlgorithmTags.AES_256});
    packets.setPreferredHashAlgorithms(
        false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA256});
    packets.setPreferredCompressionAlgorithms(
        false, new int[] {CompressionAlgorithmTags.UNCOMPRESSED});
    packets.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
    return packets.generate();
  }

  private static PGPSignatureSubpacketVector encryption(Date date) {
    PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
    packets.setSignatureCreationTime(false, date);
    packets.setKeyFlags(false, KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE);
    return packets.generate();
  }
}
