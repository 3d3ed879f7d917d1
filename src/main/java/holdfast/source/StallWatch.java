package holdfast.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a program that gives no bytes for too long while somebody waits for them; a reader that is
 * slow itself never counts as a stall.
 */
final class StallWatch extends Thread implements AutoCloseable {

  private static final long NOBODY_WAITS = Long.MIN_VALUE;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long patienceNanos;
  private final Runnable end;
  private final Object wake = new Object();
  private volatile long waitingSince = NOBODY_WAITS;
  private volatile boolean stalled;
  private boolean closed;

  StallWatch(String name, Duration patience, Runnable end) {
    super("stall watch of " + name);
    setDaemon(true);
    this.patienceNanos = patience.toNanos();
    this.end = end;
  }

  void waiting() {
    waitingSince = System.nanoTime();
  }

  void served() {
    waitingSince = NOBODY_WAITS;
  }

  boolean stalled() {
    return stalled;
  }

  @Override
  public void run() {
    long lookMillis =
        Math.max(1, TimeUnit.NANOSECONDS.toMillis(Math.min(LOOK_NANOS, patienceNanos / 4)));
    synchronized (wake) {
      while (!closed && !stalled) {
        long since = waitingSince;
        if (since != NOBODY_WAITS && System.nanoTime() - since > patienceNanos) {
          stalled = true;
          end.run();
          return;
        }
        try {
          wake.wait(lookMillis);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    synchronized (wake) {
      closed = true;
      wake.notifyAll();
    }
  }
}
