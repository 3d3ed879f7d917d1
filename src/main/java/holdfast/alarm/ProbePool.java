package holdfast.alarm;

import holdfast.plan.ProbeSpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks that go on at the same time, each on a thread of its own. A look is over at its timeout,
 * whatever its thread still waits for; the thread is free again when it has really ended.
 */
final class ProbePool implements AutoCloseable {

  static final int AT_ONCE = 16;

  private static final int RECORDERS = 2;
  private static final long IDLE_SECONDS = 30;

  private final ProbeLook look;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService lookers = threads("probe", AT_ONCE);
  private final ExecutorService recorders = threads("probe-record", RECORDERS);

  ProbePool(ProbeLook look) {
    this.look = look;
  }

  /** Takes a place for {@link #start}; false where all are taken. */
  boolean reserve() {
    return free.tryAcquire();
  }

  /** Waits for a place. */
  void await() throws InterruptedException {
    free.acquire();
  }

  /** Gives back a place that is not needed after all. */
  void release() {
    free.release();
  }

  /**
   * Looks, in the place reserved before; what comes of it is there at the timeout at the latest.
   */
  CompletableFuture<ProbeResult> start(ProbeSpec spec) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return look.take(spec);
              } finally {
                free.release();
              }
            },
            lookers)
        .completeOnTimeout(
            ProbeResult.late(spec), spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Threads to write results with: the one that watches timeouts must not wait for a database. */
  ExecutorService recorders() {
    return recorders;
  }

  private static ExecutorService threads(String name, int most) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public void close() {
    lookers.shutdownNow();
    recorders.shutdown();
  }
}
