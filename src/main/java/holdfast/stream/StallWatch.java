package holdfast.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Notices when a count of bytes stands still. A thread of its own looks ten times per limit, so a
 * stall is told at most a tenth late, once.
 */
public final class StallWatch implements AutoCloseable {

  /** Where it stands still, and for how long already. */
  public record Stall(long bytes, Duration since) {}

  private static final int LOOKS_PER_LIMIT = 10;

  private final LongSupplier progress;
  private final Duration limit;
  private final Consumer<Stall> told;
  private final LongSupplier nanoTime;
  private final Object door = new Object();
  private long bytes;
  private long movedAt;
  private boolean done;

  StallWatch(LongSupplier progress, Duration limit, Consumer<Stall> told, LongSupplier nanoTime) {
    this.progress = progress;
    this.limit = limit;
    this.told = told;
    this.nanoTime = nanoTime;
    bytes = progress.getAsLong();
    movedAt = nanoTime.getAsLong();
  }

  /**
   * Starts to watch.
   *
   * @param progress bytes so far, readable from any thread
   * @param told called once, by the watching thread, when nothing moved for {@code limit}
   */
  public static StallWatch start(LongSupplier progress, Duration limit, Consumer<Stall> told) {
    StallWatch watch = new StallWatch(progress, limit, told, System::nanoTime);
    Thread thread = new Thread(watch::run, "holdfast-stall-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void run() {
    long pause = Math.max(1, limit.toMillis() / LOOKS_PER_LIMIT);
    try {
      while (!pause(pause)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits; true when the watch is over. */
  private boolean pause(long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (door) {
      for (long left = millis; left > 0 && !done; ) {
        door.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
      return done;
    }
  }

  /** Looks once. */
  void look() {
    long now = nanoTime.getAsLong();
    long seen = progress.getAsLong();
    if (seen != bytes) {
      bytes = seen;
      movedAt = now;
      return;
    }
    Duration since = Duration.ofNanos(now - movedAt);
    if (since.compareTo(limit) >= 0 && end()) {
      told.accept(new Stall(bytes, since));
    }
  }

  /** Ends the watch; true the first time. */
  private boolean end() {
    synchronized (door) {
      boolean first = !done;
      done = true;
      door.notifyAll();
      return first;
    }
  }

  @Override
  public void close() {
    end();
  }
}
