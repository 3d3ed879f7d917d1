package holdfast.stream;

import java.io.IOException;
import java.io.OutputStream;

/** Cuts the cipher text of a SEIPDv1 packet into partial lengths. */
final class Framer {

  /** Room for a packet tag and a length of five bytes before the data. */
  private static final int HEAD = 6;

  private static final int VERSION = 1;

  private final OutputStream next;
  private final int bits;
  private final int chunk;
  private final byte[] frame;
  private int filled;
  private boolean first = true;

  /**
   * A framer.
   *
   * @param bits a full chunk has 2^bits bytes
   * @param most the longest array that one call of {@link #encrypt} will be given
   */
  Framer(OutputStream next, int bits, int most) {
    this.next = next;
    this.bits = bits;
    this.chunk = 1 << bits;
    frame = new byte[HEAD + chunk + most];
    frame[HEAD] = VERSION;
    filled = 1;
  }

  /** Encrypts straight into the frame, so that no byte is copied twice. */
  void encrypt(Cfb cfb, byte[] plain, int offset, int length) throws IOException {
    cfb.update(plain, offset, length, frame, HEAD + filled);
    filled += length;
    while (filled > chunk) {
      int rest = filled - chunk;
      filled = chunk;
      send(new byte[] {(byte) (0xE0 | bits)});
      System.arraycopy(frame, HEAD + chunk, frame, HEAD, rest);
      filled = rest;
    }
  }

  void end() throws IOException {
    send(filled < 192 ? new byte[] {(byte) filled} : Packets.longLength(filled));
  }

  private void send(byte[] length) throws IOException {
    int start = HEAD - length.length;
    System.arraycopy(length, 0, frame, start, length.length);
    if (first) {
      frame[--start] = (byte) (0xC0 | Packets.SEIPD);
      first = false;
    }
    next.write(frame, start, HEAD + filled - start);
  }
}
