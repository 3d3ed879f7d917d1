package holdfast.stream;

import holdfast.plan.KeySpec;
import holdfast.plan.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The OpenPGP keys that a plan names: recipients to seal to, a key to sign with, a key to open
 * with.
 */
public final class KeyRing {

  private final KeySpec spec;
  private final Secrets secrets;

  public KeyRing(KeySpec spec, Secrets secrets) {
    this.spec = spec;
    this.secrets = secrets;
  }

  /**
   * Throws RunException NO_KEY, in one sentence, unless every named recipient's key is there, valid
   * now and strong enough.
   */
  public void requireRecipients(List<String> names) {
    throw new UnsupportedOperationException("not built yet" + spec + secrets);
  }

  /**
   * Upper-case hex fingerprints of the keys that {@link #seal} will use, in the order of {@code
   * names}.
   */
  public List<String> fingerprints(List<String> names) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * A stream that seals to {@code next}: OpenPGP, AES-256, SEIPDv1, no compression of its own.
   * Closing it writes the end and closes {@code next}.
   */
  public OutputStream seal(List<String> recipients, OutputStream next) throws IOException {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The plain bytes of a sealed stream. The integrity of the whole is only known at the end: the
   * last read throws when the MDC does not match. Messages without integrity protection are
   * refused.
   */
  public InputStream open(InputStream sealed) throws IOException {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Whether {@link #open} has a key to work with. */
  public boolean canOpen() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** An armored detached signature over {@code document}. */
  public byte[] sign(byte[] document) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The fingerprint of the signing key. */
  public String signer() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Throws RunException CORRUPT unless {@code signature} is ours over exactly {@code document}. */
  public void verify(byte[] document, byte[] signature) {
    throw new UnsupportedOperationException("not built yet");
  }
}
