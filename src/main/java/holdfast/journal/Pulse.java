package holdfast.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a run alive while it works: once a second, on a thread of its own, it extends the lease and
 * notes the progress. It stops the work when the lease is lost, somebody cancels, or nothing moves,
 * and goes on beating until it is closed: stopped work may be long in cleaning up.
 */
public final class Pulse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final int LAST_BEAT_SECONDS = 5;

  private final Runs runs;
  private final Run run;
  private final Duration stall;
  private final Runnable stop;
  private final boolean silent;
  private final List<Runnable> alsoStopped = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable RunException> reason = new AtomicReference<>();
  private final ScheduledExecutorService thread;
  private final ScheduledFuture<?> beats;
  private volatile Phase phase;
  private volatile Supplier<@Nullable String> store = () -> null;

  private Pulse(Runs runs, Run run, Duration stall, Runnable stop, boolean silent) {
    this.runs = runs;
    this.run = run;
    this.stall = stall;
    this.stop = stop;
    this.silent = silent;
    this.phase = new Phase("start", () -> 0, null, null);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread beating = new Thread(work, "pulse-" + run.id());
              beating.setDaemon(true);
              return beating;
            });
    this.beats =
        thread.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Starts beating.
   *
   * @param stall how long a watched phase may stand still
   * @param stop ends the work from another thread, without waiting for it; called at most once
   */
  public static Pulse start(Runs runs, Run run, Duration stall, Runnable stop) {
    return new Pulse(runs, run, stall, stop, false);
  }

  /** Only keeps a run alive whose bytes are all moved; its progress stays as it was last told. */
  public static Pulse keeping(Runs runs, Run run) {
    return new Pulse(runs, run, Duration.ZERO, () -> {}, true);
  }

  /** From now on the run moves {@code bytes}; standing still is a failure. */
  public void moving(String name, LongSupplier bytes, @Nullable Long expected) {
    moving(name, bytes, expected, new Held(() -> false, stall));
  }

  /** {@link #moving} of bytes that also stand still while the other end takes none. */
  public void moving(String name, LongSupplier bytes, @Nullable Long expected, Held held) {
    phase = new Phase(name, bytes, expected, held);
  }

  /**
   * Whether it is the other end that bytes wait for.
   *
   * @param now asked from another thread
   * @param limit how long that may last; only beyond it is standing still a failure
   */
  public record Held(BooleanSupplier now, Duration limit) {}

  /**
   * From now on people who follow the run see which store it waits for.
   *
   * @param waiting the store's name while it does, null else; asked from another thread
   */
  public void waitingFor(Supplier<@Nullable String> waiting) {
    store = waiting;
  }

  /** From now on the run does something that has no bytes to watch. */
  public void working(String name) {
    Phase before = phase;
    long bytes = before.bytes.getAsLong();
    phase = new Phase(name, () -> bytes, before.expected, null);
  }

  /**
   * Also ends this when the work is stopped, after the stop given at the start; at once when it was
   * stopped already. It may be called twice, and when there is nothing left to end.
   */
  public void whenStopped(Runnable end) {
    alsoStopped.add(end);
    if (reason.get() != null) {
      end.run();
    }
  }

  /** Throws why the work was stopped, if it was. */
  public void check() {
    RunException stopped = reason.get();
    if (stopped != null) {
      throw stopped;
    }
  }

  /** Stops beating, and waits for a beat in flight; the run's end is the caller's to record. */
  @Override
  public void close() {
    beats.cancel(false);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_BEAT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The last heartbeat of run {} hangs", run.id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      Phase now = phase;
      Run.Progress progress = now.sample(store.get());
      runs.heartbeat(run, silent ? null : progress);
      if (now.standsStill(stall)) {
        throw stalled(progress);
      }
      if (now.isHeldTooLong()) {
        throw held(progress, now);
      }
    } catch (RunException e) {
      beatFailed(e);
    } catch (RuntimeException e) {
      LOG.warn("The heartbeat of run {} failed: {}", run.id(), e.toString());
    }
  }

  /** The journal may be away for a moment; the fence decides when the run wants to be recorded. */
  private void beatFailed(RunException e) {
    if (e.code() == Code.UNREACHABLE) {
      LOG.warn("The heartbeat of run {} failed: {}", run.id(), e.getMessage());
    } else {
      trip(e);
    }
  }

  private RunException stalled(Run.Progress progress) {
    return new RunException(
        Code.STALLED,
        run.asset().toString(),
        true,
        "%s stalled: no byte moved for %d seconds after byte %d; look at the source, the store and the network between."
            .formatted(run.asset(), stall.toSeconds(), progress.bytes()));
  }

  private RunException held(Run.Progress progress, Phase now) {
    return new RunException(
        Code.STALLED,
        run.asset().toString(),
        true,
        "%s stalled: no store took a byte for %d seconds after byte %d; look at the stores and the network before them."
            .formatted(run.asset(), now.limit().toSeconds(), progress.bytes()));
  }

  private void trip(RunException e) {
    if (reason.compareAndSet(null, e)) {
      stop.run();
      alsoStopped.forEach(Runnable::run);
    }
  }

  /** One stretch of the work, and how fast it goes. */
  private static final class Phase {

    private static final double SMOOTHING = 0.3;

    private final String name;
    private final LongSupplier bytes;
    private final @Nullable Long expected;
    private final @Nullable Held held;
    private final long began = System.nanoTime();
    private long sampledAt = began;
    private long movedAt = began;
    private long last;
    private long heldFor;
    private long lookedAt = began;
    private double rate = -1;

    Phase(String name, LongSupplier bytes, @Nullable Long expected, @Nullable Held held) {
      this.name = name;
      this.bytes = bytes;
      this.expected = expected;
      this.held = held;
      this.last = bytes.getAsLong();
    }

    Run.Progress sample(@Nullable String store) {
      long now = System.nanoTime();
      long count = bytes.getAsLong();
      double seconds = (now - sampledAt) / 1e9;
      if (seconds > 0.1) {
        double current = (count - last) / seconds;
        rate = rate < 0 ? current : SMOOTHING * current + (1 - SMOOTHING) * rate;
        sampledAt = now;
      }
      if (count != last) {
        movedAt = now;
        last = count;
        heldFor = 0;
      } else if (held != null && held.now().getAsBoolean()) {
        movedAt += now - lookedAt; // the source is not to blame for this time
        heldFor += now - lookedAt;
      }
      lookedAt = now;
      long perSecond = Math.max(0, Math.round(rate));
      String phase = store == null ? name : "waiting for store " + store;
      return new Run.Progress(phase, count, expected, perSecond, eta(count, perSecond));
    }

    private @Nullable Long eta(long count, long perSecond) {
      return expected == null || perSecond == 0 || expected < count
          ? null
          : (expected - count) / perSecond;
    }

    boolean standsStill(Duration limit) {
      return held != null && System.nanoTime() - movedAt > limit.toNanos();
    }

    boolean isHeldTooLong() {
      return heldFor > limit().toNanos();
    }

    Duration limit() {
      return held == null ? Duration.ZERO : held.limit();
    }
  }
}
