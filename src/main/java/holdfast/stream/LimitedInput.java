package holdfast.stream;

import java.io.IOException;
import java.io.InputStream;

/** Passes at most {@code limit} bytes; one more throws. */
final class LimitedInput extends InputStream {

  private final InputStream source;
  private final long limit;
  private final byte[] one = new byte[1];
  private long passed;

  LimitedInput(InputStream source, long limit) {
    this.source = source;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = source.read(buffer, offset, length);
    if (count > 0) {
      passed += count;
      if (passed > limit) {
        throw Damage.corrupt(Damage.COMPRESSED, "it expands to more than " + limit + " bytes");
      }
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
