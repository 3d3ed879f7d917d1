package holdfast.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** One gzip member, by the JDK. */
final class GzipOutput extends Layer {

  private static final int BUFFER = 64 * 1024;

  private final Levelled gzip;

  GzipOutput(int level, OutputStream next) {
    try {
      gzip = new Levelled(level, next);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    gzip.write(buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    gzip.close();
  }

  @Override
  void abandon() {
    gzip.free();
  }

  private static final class Levelled extends GZIPOutputStream {
    Levelled(int level, OutputStream next) throws IOException {
      super(next, BUFFER);
      def.setLevel(level);
    }

    void free() {
      def.end();
    }
  }
}
