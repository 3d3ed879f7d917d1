package holdfast.stream;

import holdfast.plan.KeySpec;
import holdfast.plan.Secret;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
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
  private final @Nullable SecretKeyFile escrow;

  public KeyRing(KeySpec spec, Secrets secrets, InstantSource clock) {
    this(spec, secrets, clock, null);
  }

  /**
   * The keys of a plan.
   *
   * @param escrow opens in place of every other; null for those that the plan opens with
   */
  private KeyRing(
      KeySpec spec, Secrets secrets, InstantSource clock, @Nullable SecretKeyFile escrow) {
    this.spec = spec;
    this.secrets = secrets;
    this.clock = clock;
    this.escrow = escrow;
  }

  /** The same keys, of which only the escrowed one opens. Throws NO_KEY where none is declared. */
  public KeyRing withEscrow() {
    KeySpec.Locked declared = spec.escrow();
    SecretKeyFile key =
        SecretKeyFile.read(
            "escrow",
            declared == null ? null : declared.key(),
            declared == null ? null : declared.passphrase(),
            secrets);
    return new KeyRing(spec, secrets, clock, key);
  }

  /**
   * The same keys, of which only the one handed over opens.
   *
   * @param name of its file, for sentences alone
   * @throws holdfast.journal.RunException NO_KEY when it is no secret key
   */
  public KeyRing withEscrow(Path name, byte[] armored, Secret passphrase) {
    return new KeyRing(spec, secrets, clock, SecretKeyFile.given(name, armored, passphrase));
  }

  /** The upper-case hex fingerprint of the key that opens. */
  public String opener() {
    return opening().fingerprint();
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
    byte[] sessionKey = sessionKey(head, opening);
    return Literal.in(new OpenInput(packets, head.body(), sessionKey), sealed);
  }

  /** With the present key, else with the former ones in their order. */
  private byte[] sessionKey(SessionKeys.Head head, SecretKeyFile opening) {
    Optional<byte[]> found = SessionKeys.recover(head, opening);
    if (found.isEmpty() && escrow == null) {
      for (KeySpec.Locked former : spec.former()) {
        found = SessionKeys.recover(head, former(former));
        if (found.isPresent()) {
          break;
        }
      }
    }
    return found.orElseThrow(() -> SessionKeys.notForUs(head, opening));
  }

  /** Throws NO_KEY unless every former key is there and is a secret key. */
  void requireFormer() {
    spec.former().forEach(this::former);
    formerSigners().forEach(signer -> {});
  }

  private SecretKeyFile former(KeySpec.Locked key) {
    return SecretKeyFile.read("opening", key.key(), key.passphrase(), secrets);
  }

  /** Each is read when it is asked for: one that is gone harms only what it signed. */
  private Stream<OpenPGPCertificate> formerSigners() {
    return spec.formerSigners().stream().map(file -> KeyFile.certificate("a former signer", file));
  }

  /** Whether {@link #open} has a key to work with. */
  public boolean canOpen() {
    return escrow != null || spec.opening() != null;
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

  /** Throws RunException CORRUPT unless the signature is ours, or a former signer's, over it. */
  public void verify(byte[] document, byte[] signature) {
    SecretKeyFile signing = signing();
    Signatures.verify(
        Stream.concat(Stream.of(signing.key()), formerSigners()),
        signing.fingerprint(),
        document,
        signature);
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
    return escrow != null
        ? escrow
        : SecretKeyFile.read("opening", spec.opening(), spec.openingPassphrase(), secrets);
  }
}
