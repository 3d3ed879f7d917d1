package holdfast.stream;

import holdfast.stream.Packets.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands inside a SEIPDv1 packet, without the integrity packet. The last 64 KiB are given out
 * only after the integrity packet was found right and nothing was found behind it; so an object of
 * up to that size gives nothing at all when it is damaged.
 */
final class OpenInput extends InputStream {

  private static final int BLOCK = 16;
  private static final int ROUND = 64 * 1024;
  private static final int PREFIX = BLOCK + 2;

  private final Packets packets;
  private final InputStream body;
  private final Cfb cfb;
  private final MessageDigest mdc = Hashes.sha1();
  private final byte[] sealed = new byte[ROUND];

  /** Up to 22 bytes held back, since they may be the integrity packet, then one round. */
  private final byte[] plain = new byte[Packets.MDC_BYTES + ROUND];

  private final byte[] one = new byte[1];
  private int at;
  private int releasable;
  private int filled;
  private boolean ended;

  /**
   * Opens {@code packet}.
   *
   * @param packets where it came from; nothing may follow it there
   */
  OpenInput(Packets packets, Packet packet, byte[] sessionKey) throws IOException {
    this.packets = packets;
    this.body = packet.body();
    cfb = Cfb.decrypting(sessionKey);
    int version = body.read();
    if (version != 1) {
      throw Damage.corrupt(Damage.SEALED, "its integrity packet is of version " + version);
    }
    round();
    prefix();
  }

  private void prefix() {
    if (releasable < PREFIX
        || plain[BLOCK - 2] != plain[BLOCK]
        || plain[BLOCK - 1] != plain[BLOCK + 1]) {
      throw Damage.corrupt(Damage.SEALED, "its first bytes do not agree");
    }
    at = PREFIX;
  }

  /** Decrypts one more round behind what is held back. */
  private void round() throws IOException {
    int held = filled - releasable;
    System.arraycopy(plain, releasable, plain, 0, held);
    int count = body.readNBytes(sealed, 0, ROUND);
    cfb.update(sealed, 0, count, plain, held);
    filled = held + count;
    at = 0;
    if (count < ROUND) {
      ended = true;
    }
    releasable = Math.max(0, filled - Packets.MDC_BYTES);
    mdc.update(plain, 0, releasable);
    if (ended) {
      integrity();
    }
  }

  private void integrity() throws IOException {
    if (filled < Packets.MDC_BYTES) {
      throw Damage.truncated(Damage.SEALED);
    }
    mdc.update((byte) Packets.MDC_FIRST);
    mdc.update((byte) Packets.MDC_SECOND);
    byte[] found = new byte[Packets.MDC_BYTES - 2];
    System.arraycopy(plain, releasable + 2, found, 0, found.length);
    if ((plain[releasable] & 0xFF) != Packets.MDC_FIRST
        || (plain[releasable + 1] & 0xFF) != Packets.MDC_SECOND
        || !MessageDigest.isEqual(found, mdc.digest())) {
      throw Damage.corrupt(Damage.SEALED, "its integrity packet does not agree with its bytes");
    }
    @Nullable Packet following = packets.next();
    if (following != null) {
      throw Damage.corrupt(Damage.SEALED, "something follows its end");
    }
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    while (at == releasable) {
      if (ended) {
        return -1;
      }
      round();
    }
    int count = Math.min(length, releasable - at);
    System.arraycopy(plain, at, buffer, offset, count);
    at += count;
    return count;
  }
}
