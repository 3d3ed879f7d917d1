package holdfast.stream;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Detached armored signatures, as {@code gpg --verify} reads them. */
final class Signatures {

  private static final Set<Integer> HASHES =
      Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

  private Signatures() {}

  /** Signs with the newest part of {@code signing} that may sign at {@code now}. */
  static byte[] sign(SecretKeyFile signing, byte[] document, Instant now) {
    OpenPGPSecretKey part = part(signing, now);
    try {
      PGPPublicKey key = part.getPGPPublicKey();
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(
              new BcPGPContentSignerBuilder(key.getAlgorithm(), HashAlgorithmTags.SHA512), key);
      generator.init(PGPSignature.BINARY_DOCUMENT, signing.unlock(part));
      PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
      hashed.setSignatureCreationTime(false, Date.from(now));
      hashed.setIssuerFingerprint(false, key);
      generator.setHashedSubpackets(hashed.generate());
      PGPSignatureSubpacketGenerator unhashed = new PGPSignatureSubpacketGenerator();
      unhashed.setIssuerKeyID(false, key.getKeyID());
      generator.setUnhashedSubpackets(unhashed.generate());
      generator.update(document);
      return armored(generator.generate());
    } catch (PGPException | IOException e) {
      throw new RunException(
          Code.NO_KEY,
          signing.file().toString(),
          false,
          "The signing key in " + signing.file() + " cannot sign: make a new one.",
          e);
    }
  }

  private static byte[] armored(PGPSignature signature) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArmoredOutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
      signature.encode(armor);
    }
    return bytes.toByteArray();
  }

  /** The part that signs; throws NO_KEY when none may now. */
  static OpenPGPSecretKey part(SecretKeyFile signing, Instant now) {
    return signing.key().getSigningKeys(Date.from(now)).stream()
        .filter(part -> Strength.enough(part.getPGPPublicKey()))
        .map(part -> signing.key().getSecretKey(part.getKeyIdentifier()))
        .filter(part -> part != null && !part.getPGPSecretKey().isPrivateKeyEmpty())
        .max(Comparator.comparing(OpenPGPComponentKey::getCreationTime))
        .orElseThrow(
            () ->
                KeyFile.noKey(
                    signing.file(),
                    "The signing key in %s is expired, revoked, too weak or not made for signing: put a valid one there."
                        .formatted(signing.file())));
  }

  /**
   * Throws CORRUPT unless {@code signature} is by one of {@code signers}, read as far as needed,
   * over exactly the document.
   *
   * @param ours fingerprint of the present one
   */
  static void verify(
      Stream<OpenPGPCertificate> signers, String ours, byte[] document, byte[] signature) {
    PGPSignature found = parse(signature);
    OpenPGPComponentKey part =
        signers
            .map(signer -> signer.getSigningKeyFor(found))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(() -> bad("it was not made by our signing key " + ours));
    if (found.getSignatureType() != PGPSignature.BINARY_DOCUMENT
        || !HASHES.contains(found.getHashAlgorithm())) {
      throw bad("it is of a kind that Holdfast does not make");
    }
    try {
      found.init(new BcPGPContentVerifierBuilderProvider(), part.getPGPPublicKey());
      found.update(document);
      if (!found.verify()) {
        throw bad("the document was changed since it was signed");
      }
    } catch (PGPException e) {
      throw bad("it cannot be read");
    }
  }

  private static PGPSignature parse(byte[] signature) {
    try {
      Object found =
          new BcPGPObjectFactory(PGPUtil.getDecoderStream(new ByteArrayInputStream(signature)))
              .nextObject();
      if (found instanceof PGPSignatureList list && list.size() == 1) {
        return list.get(0);
      }
    } catch (IOException | RuntimeException e) {
      throw bad("it cannot be read");
    }
    throw bad("it is no signature");
  }

  private static RunException bad(String why) {
    return new RunException(
        Code.CORRUPT,
        "signature",
        false,
        "The signature does not hold: " + why + "; treat what it describes as changed.");
  }
}
