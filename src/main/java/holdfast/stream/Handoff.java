package holdfast.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A thread boundary: what is written here is written to {@code next} by a thread of its own,
 * through a few fixed buffers, so that two layers overlap. A failure behind the boundary is thrown
 * to the writer at its next call, and by {@link #close()}.
 */
public final class Handoff extends OutputStream {

  private final OutputStream next;

  public Handoff(String name, OutputStream next) {
    this.next = next;
    Objects.requireNonNull(name);
  }

  @Override
  public void write(int b) throws IOException {
    next.write(b);
  }

  /** Waits until all is written, closes {@code next}, ends the thread. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Ends the thread without closing {@code next}; never throws. For use after a failure. */
  public void abandon() {
    throw new UnsupportedOperationException("not built yet");
  }
}
