package holdfast.stream;

import holdfast.journal.RunException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread boundary: what is written here is written to {@code next} by a thread of its own,
 * through a few fixed buffers, so that two layers overlap. A failure behind the boundary is thrown
 * to the writer at its next call, and by {@link #close()}.
 */
public final class Handoff extends OutputStream {

  private static final int BUFFERS = 4;
  private static final int BUFFER = 256 * 1024;

  /** How long {@link #abandon} waits for a writer that does not heed its interrupt. */
  private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(10);

  private final OutputStream next;
  private final Thread thread;
  private final byte[][] ring = new byte[BUFFERS][BUFFER];
  private final int[] filled = new int[BUFFERS];
  private final byte[] one = new byte[1];
  private final Object turn = new Object();

  /** Guarded by {@code turn}: buffers handed over so far, and buffers written so far. */
  private long given;

  private long taken;
  private boolean ended;
  private boolean abandoned;
  private @Nullable Throwable failure;

  /** Only the writer's: how much of the buffer {@code given % BUFFERS} is filled. */
  private int position;

  private boolean closed;

  public Handoff(String name, OutputStream next) {
    this.next = next;
    thread = new Thread(this::carry, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void write(int b) throws IOException {
    one[0] = (byte) b;
    write(one, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("Nothing can be written after the end.");
    }
    int at = offset;
    int left = length;
    while (left > 0) {
      if (position == 0) {
        awaitFree();
      }
      int count = Math.min(left, BUFFER - position);
      System.arraycopy(buffer, at, ring[current()], position, count);
      position += count;
      at += count;
      left -= count;
      if (position == BUFFER) {
        give();
      }
    }
  }

  /** Hands over what is there; does not wait for it to be written. */
  @Override
  public void flush() throws IOException {
    if (position > 0) {
      give();
    }
  }

  private int current() {
    return (int) (given % BUFFERS);
  }

  private void give() throws IOException {
    synchronized (turn) {
      rethrow();
      filled[current()] = position;
      position = 0;
      given++;
      turn.notifyAll();
    }
  }

  private void awaitFree() throws IOException {
    synchronized (turn) {
      awaitBacklogBelow(BUFFERS);
    }
  }

  /** Holds {@code turn}. */
  private void awaitBacklogBelow(int limit) throws IOException {
    try {
      while (given - taken >= limit && failure == null && !abandoned) {
        turn.wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the next layer.");
    }
    rethrow();
  }

  /** A new exception each time: the same one thrown twice cannot be suppressed by itself. */
  private void rethrow() throws IOException {
    if (failure instanceof RunException known) {
      throw new RunException(
          known.code(), known.subject(), known.retryable(), known.getMessage(), known);
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    if (abandoned) {
      throw new IOException("The stream was abandoned.");
    }
  }

  private void carry() {
    try {
      while (awaitFilled()) {
        int index = (int) (taken % BUFFERS);
        next.write(ring[index], 0, filled[index]);
        synchronized (turn) {
          taken++;
          turn.notifyAll();
        }
      }
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      synchronized (turn) {
        failure = e;
        turn.notifyAll();
      }
    }
  }

  private boolean awaitFilled() throws InterruptedException {
    synchronized (turn) {
      while (given == taken && !ended && !abandoned) {
        turn.wait();
      }
      return given > taken && !abandoned;
    }
  }

  /** Waits until all is written, closes {@code next}, ends the thread. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    flush();
    synchronized (turn) {
      ended = true;
      turn.notifyAll();
      awaitBacklogBelow(1);
    }
    next.close();
  }

  /** Ends the thread without closing {@code next}; never throws. For use after a failure. */
  public void abandon() {
    closed = true;
    synchronized (turn) {
      abandoned = true;
      turn.notifyAll();
    }
    thread.interrupt();
    try {
      thread.join(PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
