package holdfast.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands exactly one gzip member. Not the JDK's stream, because that one overlooks whatever
 * follows the end.
 */
final class GzipInput extends InputStream {

  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HEADER_CHECK = 2;

  private final InputStream source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[64 * 1024];
  private final byte[] one = new byte[1];
  private int at;
  private int end;
  private boolean started;
  private boolean finished;

  GzipInput(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (!started) {
      header();
      started = true;
    }
    int count = 0;
    while (count == 0 && length > 0 && !finished) {
      count = inflate(target, offset, length);
      if (inflater.finished()) {
        crc.update(target, offset, count);
        trailer();
        return count == 0 ? -1 : count;
      }
    }
    crc.update(target, offset, count);
    return count == 0 && length > 0 ? -1 : count;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      if (inflater.needsInput()) {
        require();
        inflater.setInput(buffer, at, end - at);
        at = end;
      }
      int count = inflater.inflate(target, offset, length);
      if (inflater.needsDictionary()) {
        throw Damage.corrupt(Damage.COMPRESSED, "gzip data asks for a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw Damage.corrupt(Damage.COMPRESSED, "gzip says '" + e.getMessage() + "'", e);
    }
  }

  private void header() throws IOException {
    if (next() != 0x1F || next() != 0x8B || next() != 8) {
      throw Damage.corrupt(Damage.COMPRESSED, "it does not begin like gzip");
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECK) != 0) {
      skip(2);
    }
  }

  private void trailer() throws IOException {
    finished = true;
    at = end - inflater.getRemaining();
    long length = inflater.getBytesWritten() & 0xFFFFFFFFL;
    if (number() != crc.getValue() || number() != length) {
      throw Damage.corrupt(Damage.COMPRESSED, "its check sum or length does not agree");
    }
    if (at < end || source.read(one, 0, 1) >= 0) {
      throw Damage.corrupt(Damage.COMPRESSED, "something follows its end");
    }
  }

  private long number() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    require();
    return buffer[at++] & 0xFF;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int read;
    do {
      read = next();
    } while (read != 0);
  }

  private void require() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, source.read(buffer, 0, buffer.length));
      if (end == 0) {
        throw Damage.truncated(Damage.COMPRESSED);
      }
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    source.close();
  }
}
