package holdfast.restore;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes from a store, which knows afterwards whether it was the store that failed. */
final class StoredInput extends FilterInputStream {

  private boolean broke;

  StoredInput(InputStream stored) {
    super(stored);
  }

  boolean broke() {
    return broke;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return in.read(into, offset, length);
    } catch (IOException | RuntimeException e) {
      broke = true;
      throw e;
    }
  }
}
