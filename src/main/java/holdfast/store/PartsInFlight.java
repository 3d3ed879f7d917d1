package holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one upload that travel at the same time. There are at most as many parts as travel,
 * and one that is being filled, so memory is bounded and a slow store slows the writer down.
 */
final class PartsInFlight {

  private static final long PATIENCE_S = 3;
  private static final long LONGEST_S = 3_600;

  /** What one upload with the usual settings has at most; shared by all uploads. */
  private static final Chunks SPARE = new Chunks(48 * PartSizes.MIB);

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final S3Settings settings;
  private final ExecutorService threads;
  private final Semaphore room;
  private final List<SentPart> sent = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  PartsInFlight(String store, S3Settings settings) {
    this.settings = settings;
    this.room = new Semaphore(settings.concurrency() + 1);
    this.threads =
        Executors.newFixedThreadPool(
            settings.concurrency(),
            work -> {
              Thread thread = new Thread(work, "upload-" + store + "-" + THREADS.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** An empty part of at most that size, once there is room for it. */
  Part begin(long size) throws InterruptedException {
    room.acquire();
    throwFailure();
    try {
      return new Roomy(
          size <= settings.memoryPart()
              ? new MemoryPart(SPARE)
              : new SpooledPart(settings.spool()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a full part; its room is free once it has arrived or failed. */
  void send(Part part, Callable<SentPart> call) {
    throwFailure();
    threads.execute(
        () -> {
          try (part) {
            travel(call);
          }
        });
  }

  private void travel(Callable<SentPart> call) {
    try {
      if (failure.get() == null) {
        keep(call.call());
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      threads.shutdownNow();
    }
  }

  private synchronized void keep(SentPart part) {
    sent.add(part);
  }

  /** Waits for every part; in order. */
  List<SentPart> all() throws InterruptedException {
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
      throwFailure();
    }
    throwFailure();
    synchronized (this) {
      return sent.stream().sorted(Comparator.comparingInt(SentPart::number)).toList();
    }
  }

  private void throwFailure() {
    Throwable e = failure.get();
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (e != null) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops what still travels; whether nothing does any more after a short while. */
  boolean stop() {
    threads.shutdownNow();
    return ended(PATIENCE_S);
  }

  /** Waits, in a thread of its own, for the last request that could not be stopped. */
  void whenEnded(Runnable last) {
    Thread thread =
        new Thread(
            () -> {
              if (ended(LONGEST_S)) {
                last.run();
              }
            },
            "upload-ends");
    thread.setDaemon(true);
    thread.start();
  }

  private boolean ended(long seconds) {
    try {
      return threads.awaitTermination(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A part that gives its room back when closed, once. */
  private final class Roomy implements Part {

    private final Part part;
    private boolean closed;

    Roomy(Part part) {
      this.part = part;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      part.write(from, offset, length);
    }

    @Override
    public long length() {
      return part.length();
    }

    @Override
    public int checksum() {
      return part.checksum();
    }

    @Override
    public InputStream open() {
      return part.open();
    }

    @Override
    public void close() {
      end(part::close);
    }

    @Override
    public void drop() {
      end(part::drop);
    }

    private synchronized void end(Runnable ending) {
      if (!closed) {
        closed = true;
        ending.run();
        room.release();
      }
    }
  }
}
