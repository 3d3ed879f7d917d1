package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The dump's bytes, watched and understood while the caller reads them into its own buffers. */
final class Tap extends InputStream {

  private final InputStream bytes;
  private final CustomFormat format;
  private final StallWatch watch;
  private boolean ended;
  private @Nullable RunException failure;

  Tap(InputStream bytes, CustomFormat format, StallWatch watch) {
    this.bytes = bytes;
    this.format = format;
    this.watch = watch;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = next(buffer, offset, length);
    if (count < 0) {
      requireMoving(null);
      ended = true;
      return count;
    }
    try {
      format.accept(buffer, offset, count);
      return count;
    } catch (RunException e) {
      failure = e;
      throw e;
    }
  }

  private int next(byte[] buffer, int offset, int length) throws IOException {
    watch.waiting();
    try {
      return bytes.read(buffer, offset, length);
    } catch (IOException e) {
      requireMoving(e);
      throw e;
    } finally {
      watch.served();
    }
  }

  /** Throws STALLED when the watch ended the program. */
  private void requireMoving(@Nullable Throwable cause) {
    if (watch.stalled()) {
      failure =
          new RunException(
              Code.STALLED,
              "pg_dump",
              true,
              "The dump stalled at byte %d and was ended: look for locks and for a slow network at the database."
                  .formatted(format.position()),
              cause);
      throw failure;
    }
  }

  /** Whether the end was read. */
  boolean ended() {
    return ended;
  }

  /** Throws what a read has thrown before. */
  void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int available() throws IOException {
    return bytes.available();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
