package holdfast.store;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store again that cannot be reached, so that an outage does not cost what was sent before
 * it. Only what may go better later is asked again: a store that says no has answered.
 */
public final class Patience {

  private static final System.Logger LOG = System.getLogger(Patience.class.getName());
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Supplier<Duration> limit;
  private final Duration firstPause;
  private final AtomicReference<@Nullable Long> refusedAt = new AtomicReference<>();
  private volatile boolean over;

  private Patience(Supplier<Duration> limit, Duration firstPause) {
    this.limit = limit;
    this.firstPause = firstPause;
  }

  /** No more than each request's own attempts. */
  public static Patience none() {
    return new Patience(() -> Duration.ZERO, Duration.ZERO);
  }

  /**
   * Patience for as long as {@code limit} says, which is asked before each pause.
   *
   * @param firstPause before the second time; it doubles, up to 30 s
   */
  public static Patience of(Supplier<Duration> limit, Duration firstPause) {
    return new Patience(limit, firstPause);
  }

  /** Whether the store refuses and is being asked again; from any thread. */
  public boolean waits() {
    return refusedAt.get() != null && !over;
  }

  /** Ends every waiting, from any thread: what is asked for is not wanted any more. */
  public void end() {
    over = true;
  }

  /** {@link #ask(Supplier, Function)} for what throws in this house's own words. */
  public <T> T ask(Supplier<T> request) {
    return ask(request, thrown -> RunException.from(thrown, "store"));
  }

  /**
   * The answer to {@code request}.
   *
   * @param meaning what a failure means
   * @throws RunException what the last failure means, once it is for good or the limit is over
   */
  public <T> T ask(Supplier<T> request, Function<RuntimeException, RunException> meaning) {
    Turn turn = new Turn();
    while (true) {
      try {
        T answer = request.get();
        refusedAt.set(null);
        return answer;
      } catch (RuntimeException thrown) {
        RunException failure = meaning.apply(thrown);
        if (!turn.again(failure)) {
          throw failure;
        }
      }
    }
  }

  /** One request and how often it went wrong. */
  private final class Turn {

    private @Nullable Long since;
    private Duration pause = firstPause;

    /** Waits, and says whether the request may be made again. */
    boolean again(RunException failure) {
      boolean later = failure.retryable() && failure.code() == Code.UNREACHABLE;
      boolean wanted = !over && !Thread.currentThread().isInterrupted();
      return later && wanted && mayWait(failure) && paused();
    }

    private boolean mayWait(RunException failure) {
      long now = System.nanoTime();
      if (since == null) {
        since = now;
      }
      Duration most = limit.get();
      boolean first = refusedAt.compareAndSet(null, since);
      if (first && !most.isZero()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Waiting up to {0} for a store: {1}",
            most,
            failure.getMessage());
      }
      return now - since < most.toNanos();
    }

    private boolean paused() {
      long most = (long) (pause.toNanos() * (0.5 + ThreadLocalRandom.current().nextDouble() / 2));
      long until = System.nanoTime() + most;
      for (long left = most; left > 0 && !over; left = until - System.nanoTime()) {
        LockSupport.parkNanos(Math.min(left, Duration.ofMillis(200).toNanos()));
        if (Thread.currentThread().isInterrupted()) {
          return false;
        }
      }
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
      return !over;
    }
  }
}
