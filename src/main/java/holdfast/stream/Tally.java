package holdfast.stream;

import java.io.IOException;
import java.io.OutputStream;

/** Counts and hashes what passes through to {@code next}. */
public final class Tally extends OutputStream {

  private final OutputStream next;

  public Tally(OutputStream next) {
    this.next = next;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    next.write(buffer, offset, length);
  }

  /** Bytes so far; may be read from any thread. */
  public long bytes() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Length and hash; call once, at the end. */
  public Digest digest() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public void close() throws IOException {
    next.close();
  }
}
