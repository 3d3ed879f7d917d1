package holdfast.stream;

import holdfast.stream.Packets.Packet;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The data inside an opened message. The end is reported only after everything around the data was
 * read to its end too, so that the integrity packet has been looked at by then.
 */
final class Literal extends InputStream {

  private static final int NONE = 0;
  private static final int ZIP = 1;
  private static final int ZLIB = 2;
  private static final int DATE_BYTES = 4;

  private final Packets around;
  private final @Nullable Literal compressed;
  private final InputStream body;
  private final Closeable source;
  private final byte[] one = new byte[1];
  private boolean ended;

  private Literal(
      Packets around, @Nullable Literal compressed, InputStream body, Closeable source) {
    this.around = around;
    this.compressed = compressed;
    this.body = body;
    this.source = source;
  }

  /**
   * The data of the one literal packet in {@code opened}; ours is never compressed, gpg's may be.
   *
   * @param source closed with the result
   */
  static Literal in(InputStream opened, Closeable source) throws IOException {
    return in(opened, source, true);
  }

  private static Literal in(InputStream opened, Closeable source, boolean mayCompress)
      throws IOException {
    Packets packets = new Packets(opened, false);
    Packet packet = packets.next();
    if (packet != null && packet.tag() == Packets.LITERAL) {
      skipHead(packet.body());
      return new Literal(packets, null, packet.body(), source);
    }
    if (packet != null && packet.tag() == Packets.COMPRESSED && mayCompress) {
      Literal inner = in(expanded(packet.body()), source, false);
      return new Literal(packets, inner, packet.body(), source);
    }
    throw Damage.corrupt(Damage.SEALED, "there is no plain data where it should be");
  }

  private static InputStream expanded(InputStream body) throws IOException {
    int algorithm = body.read();
    return switch (algorithm) {
      case NONE -> body;
      case ZIP -> new InflaterInputStream(body, new Inflater(true), 64 * 1024);
      case ZLIB -> new InflaterInputStream(body, new Inflater(), 64 * 1024);
      default ->
          throw Damage.corrupt(
              Damage.SEALED, "it was compressed in a way that is not read here: " + algorithm);
    };
  }

  private static void skipHead(InputStream body) throws IOException {
    body.read();
    body.skipNBytes(Math.max(0, body.read()));
    body.skipNBytes(DATE_BYTES);
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = (compressed == null ? body : compressed).read(buffer, offset, length);
      if (count < 0 && !ended) {
        requireEnd();
        ended = true;
      }
      return count;
    } catch (ZipException | java.io.EOFException e) {
      throw Damage.corrupt(Damage.SEALED, "its inner compression is broken", e);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void requireEnd() throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
    if (around.next() != null) {
      throw Damage.corrupt(Damage.SEALED, "something follows its data");
    }
  }
}
