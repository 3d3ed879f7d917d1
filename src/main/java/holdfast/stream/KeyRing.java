package holdfast.stream;

import holdfast.plan.KeySpec;
import holdfast.plan.Secrets;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The OpenPGP keys that a plan names: recipients to seal to, a key to sign with, a key to open
 * with. Key files are read when they are used, so that a new key needs no restart.
 */
public final class KeyRing {

  private static final int BUFFER = 64 * 1024;

  private final KeySpec spec;
  private final Secrets secrets;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public KeyRing(KeySpec spec, Secrets secrets, InstantSource clock) {
    this.spec = spec;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * Throws RunException NO_KEY, in one sentence, unless every named recipient's key is there, valid
   * now and strong enough.
   */
  public void requireRecipients(List<String> names) {
    recipients(names);
  }

  /**
   * Upper-case hex fingerprints of the keys that {@link #seal} will use, in the order of {@code
   * names}.
   */
  public List<String> fingerprints(List<String> names) {
    return recipients(names).stream().map(Recipient::fingerprint).toList();
  }

  /**
   * A stream that seals to {@code next}: OpenPGP, AES-256, SEIPDv1, no compression of its own.
   * Closing it writes the end and closes {@code next}. The key packets are written at once.
   */
  public OutputStream seal(List<String> names, OutputStream next) throws IOException {
    List<Recipient> recipients = recipients(names);
    byte[] sessionKey = new byte[SealOutput.KEY_BYTES];
    random.nextBytes(sessionKey);
    SessionKeys.write(recipients, sessionKey, next);
    return new SealOutput(sessionKey, random, next);
  }

  /**
   * The plain bytes of a sealed stream. Throws NO_KEY at once when the opening key is not the one.
   * The integrity of the whole is only known at the end: the last read throws RunException CORRUPT
   * or TRUNCATED when the bytes are not what was sealed. Messages without integrity protection are
   * refused.
   */
  public InputStream open(InputStream sealed) throws IOException {
    SecretKeyFile opening = opening();
    Packets packets = new Packets(new BufferedInputStream(sealed, BUFFER), true);
    SessionKeys.Head head = SessionKeys.read(packets);
    byte[] sessionKey = SessionKeys.recover(head, opening);
    return Literal.in(new OpenInput(packets, head.body(), sessionKey), sealed);
  }

  /** Whether {@link #open} has a key to work with. */
  public boolean canOpen() {
    return spec.opening() != null;
  }

  /** Whether {@link #open} opens what was sealed to keys of these fingerprints. */
  public boolean opens(List<String> fingerprints) {
    return canOpen() && fingerprints.contains(opening().fingerprint());
  }

  /** An armored detached signature over {@code document}. */
  public byte[] sign(byte[] document) {
    return Signatures.sign(signing(), document, clock.instant());
  }

  /** The upper-case hex fingerprint of the signing key. */
  public String signer() {
    return signing().fingerprint();
  }

  /** Throws RunException CORRUPT unless {@code signature} is ours over exactly {@code document}. */
  public void verify(byte[] document, byte[] signature) {
    Signatures.verify(signing(), document, signature);
  }

  Recipient recipient(String name) {
    Path file = spec.recipients().get(name);
    if (file == null) {
      throw KeyFile.noKey(
          name,
          "No key is declared for recipient '%s': add holdfast.keys.recipients.%s to application.yml."
              .formatted(name, name));
    }
    return Recipient.read(name, file, clock.instant());
  }

  /** When the part that signs expires; null = never. */
  @Nullable Instant signingExpires() {
    Instant now = clock.instant();
    Date end =
        Signatures.part(signing(), now).getPublicKey().getKeyExpirationDateAt(Date.from(now));
    return end == null ? null : end.toInstant();
  }

  private List<Recipient> recipients(List<String> names) {
    if (names.isEmpty()) {
      throw KeyFile.noKey(
          "recipients", "No recipient is named to seal to: add one to the asset's pipeline.");
    }
    return names.stream().map(this::recipient).toList();
  }

  private SecretKeyFile signing() {
    return SecretKeyFile.read("signing", spec.signing(), spec.signingPassphrase(), secrets);
  }

  private SecretKeyFile opening() {
    return SecretKeyFile.read("opening", spec.opening(), spec.openingPassphrase(), secrets);
  }
}
