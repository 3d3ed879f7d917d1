package holdfast.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * The body of an OpenPGP message after its key packets: a SEIPDv1 packet with one literal packet
 * and the integrity packet inside. Both are cut into partial lengths, since nobody knows the end
 * yet. Written here so that the bulk goes through the JDK's own cipher, see {@link Cfb}.
 */
final class SealOutput extends OutputStream {

  static final int KEY_BYTES = 32;

  /** Bytes of literal data per partial length; a power of two, at least 512. */
  private static final int INNER_BITS = 16;

  /** Bytes of cipher text per partial length; a power of two. */
  private static final int OUTER_BITS = 20;

  private static final int BLOCK = 16;

  /** Where the literal data of a round starts, leaving room for what stands before it. */
  private static final int DATA = 48;

  private static final int LITERAL_TAG = 0xC0 | Packets.LITERAL;
  private static final byte[] LITERAL_HEAD = {'b', 0, 0, 0, 0, 0};

  private final OutputStream next;
  private final int innerBits;
  private final int inner;
  private final MessageDigest mdc = Hashes.sha1();
  private final Cfb cfb;
  private final Framer frame;
  private final byte[] one = new byte[1];

  /**
   * What is still to be encrypted: up to 15 bytes carried over, a packet header, then literal data.
   */
  private final byte[] plain;

  /** Bytes at the start of {@code plain} that belong before the literal data of this round. */
  private int carried;

  private int filled;
  private boolean first = true;
  private boolean closed;

  SealOutput(byte[] sessionKey, SecureRandom random, OutputStream next) {
    this(sessionKey, random, next, INNER_BITS, OUTER_BITS);
  }

  SealOutput(
      byte[] sessionKey, SecureRandom random, OutputStream next, int innerBits, int outerBits) {
    this.next = next;
    this.innerBits = innerBits;
    this.inner = 1 << innerBits;
    plain = new byte[DATA + inner + DATA];
    cfb = Cfb.encrypting(sessionKey);
    frame = new Framer(next, outerBits, plain.length);
    prefix(random);
    System.arraycopy(LITERAL_HEAD, 0, plain, DATA, LITERAL_HEAD.length);
    filled = LITERAL_HEAD.length;
  }

  /** Random bytes, the last two of them twice. */
  private void prefix(SecureRandom random) {
    byte[] salt = new byte[BLOCK];
    random.nextBytes(salt);
    System.arraycopy(salt, 0, plain, 0, BLOCK);
    System.arraycopy(salt, BLOCK - 2, plain, BLOCK, 2);
    mdc.update(plain, 0, BLOCK + 2);
    carried = BLOCK + 2;
  }

  @Override
  public void write(int b) throws IOException {
    one[0] = (byte) b;
    write(one, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("Nothing can be written after the end.");
    }
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == inner) {
        chunk();
      }
      int count = Math.min(left, inner - filled);
      System.arraycopy(buffer, at, plain, DATA + filled, count);
      filled += count;
      at += count;
      left -= count;
    }
  }

  /** A full chunk of literal data that is not the last. */
  private void chunk() throws IOException {
    encrypt(header(0xE0 | innerBits), false);
  }

  /** The last chunk, with its definite length, and the integrity packet. */
  private void last() throws IOException {
    byte[] header = filled < 192 ? header(filled) : longHeader(filled);
    encrypt(header, true);
  }

  private byte[] header(int length) {
    return first ? new byte[] {(byte) LITERAL_TAG, (byte) length} : new byte[] {(byte) length};
  }

  private byte[] longHeader(int length) {
    byte[] number = Packets.longLength(length);
    byte[] header = new byte[number.length + (first ? 1 : 0)];
    header[0] = (byte) LITERAL_TAG;
    System.arraycopy(number, 0, header, header.length - number.length, number.length);
    return header;
  }

  private void encrypt(byte[] header, boolean end) throws IOException {
    int data = DATA - header.length;
    System.arraycopy(header, 0, plain, data, header.length);
    mdc.update(plain, data, header.length + filled);
    int start = data - carried;
    System.arraycopy(plain, 0, plain, start, carried);
    int stop = DATA + filled;
    if (end) {
      integrity(stop);
      stop += Packets.MDC_BYTES;
    }
    int length = end ? stop - start : (stop - start) / BLOCK * BLOCK;
    frame.encrypt(cfb, plain, start, length);
    carried = stop - start - length;
    System.arraycopy(plain, start + length, plain, 0, carried);
    filled = 0;
    first = false;
  }

  private void integrity(int at) {
    plain[at] = (byte) Packets.MDC_FIRST;
    plain[at + 1] = (byte) Packets.MDC_SECOND;
    mdc.update(plain, at, 2);
    byte[] hash = mdc.digest();
    System.arraycopy(hash, 0, plain, at + 2, hash.length);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      last();
      frame.end();
      next.close();
    }
  }
}
