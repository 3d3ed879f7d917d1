package holdfast.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The packets of an OpenPGP stream, one after the other, strictly: a stream that ends anywhere but
 * between two packets throws, and so does anything that is no packet.
 */
final class Packets {

  static final int PKESK = 1;
  static final int SKESK = 3;
  static final int COMPRESSED = 8;
  static final int SED = 9;
  static final int MARKER = 10;
  static final int LITERAL = 11;
  static final int SEIPD = 18;
  static final int AEAD = 20;

  /** The integrity packet: its tag and length, and with the hash after them. */
  static final int MDC_FIRST = 0xD3;

  static final int MDC_SECOND = 0x14;
  static final int MDC_BYTES = 22;

  private final InputStream source;
  private final boolean sized;

  /**
   * Packets of {@code source}.
   *
   * @param sized refuse packets that end where the source ends; needed wherever the end is not
   *     itself protected
   */
  Packets(InputStream source, boolean sized) {
    this.source = source;
    this.sized = sized;
  }

  /** One packet. Its body must be read to its end before the next packet is asked for. */
  record Packet(int tag, Body body) {}

  /** The next packet, or null at the end. */
  @Nullable Packet next() throws IOException {
    int head = source.read();
    if (head < 0) {
      return null;
    }
    if ((head & 0x80) == 0) {
      throw Damage.corrupt(Damage.SEALED, "it is not OpenPGP, or something follows its end");
    }
    boolean old = (head & 0x40) == 0;
    Body body = new Body();
    if (old) {
      body.oldLength(head & 3);
    } else {
      body.newLength();
    }
    return new Packet(old ? (head >> 2) & 0xF : head & 0x3F, body);
  }

  /** A length as OpenPGP writes it in five bytes. */
  static byte[] longLength(int length) {
    return new byte[] {
      (byte) 0xFF,
      (byte) (length >>> 24),
      (byte) (length >>> 16),
      (byte) (length >>> 8),
      (byte) length
    };
  }

  private int require() throws IOException {
    int read = source.read();
    if (read < 0) {
      throw Damage.truncated(Damage.SEALED);
    }
    return read;
  }

  private long require(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | require();
    }
    return number;
  }

  /** The body of a packet; ends where its lengths say. */
  final class Body extends InputStream {

    private final byte[] one = new byte[1];
    private long left;
    private boolean more;
    private boolean toTheEnd;

    private void oldLength(int type) throws IOException {
      toTheEnd = type == 3;
      if (toTheEnd && sized) {
        throw Damage.corrupt(Damage.SEALED, "a packet has no length");
      }
      left = toTheEnd ? Long.MAX_VALUE : require(1 << type);
    }

    private void newLength() throws IOException {
      int octet = require();
      more = octet >= 224 && octet < 255;
      if (octet < 192) {
        left = octet;
      } else if (octet < 224) {
        left = ((octet - 192) << 8) + require() + 192;
      } else {
        left = more ? 1L << (octet & 0x1F) : require(4);
      }
    }

    /** Whether the length was known at the start and is at most {@code most}. */
    boolean fits(int most) {
      return !more && left <= most;
    }

    @Override
    public int read() throws IOException {
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      while (left == 0) {
        if (!more) {
          return -1;
        }
        newLength();
      }
      int count = source.read(buffer, offset, (int) Math.min(length, left));
      if (count < 0 && toTheEnd) {
        left = 0;
      } else if (count < 0) {
        throw Damage.truncated(Damage.SEALED);
      } else {
        left -= count;
      }
      return count;
    }
  }
}
