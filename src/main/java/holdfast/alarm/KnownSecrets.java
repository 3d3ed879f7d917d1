package holdfast.alarm;

import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of senders, without asking AWS for each event: what it said is good for a while, and
 * one thread at a time asks anew. What an event shows never makes us ask, or strangers could.
 */
final class KnownSecrets {

  /** Then AWS is asked again; with the time that takes, a new secret holds within a minute. */
  static final Duration FRESH = Duration.ofSeconds(50);

  /** While AWS does not answer, what it said last holds for so long. */
  static final Duration USABLE = Duration.ofMinutes(10);

  /** After a failure so long nobody asks. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final Secrets secrets;
  private final InstantSource clock;
  private final Map<SecretRef, Known> known = new ConcurrentHashMap<>();

  KnownSecrets(Secrets secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * The secret that {@code ref} names. One in a variable or a file is read now.
   *
   * @throws SecretMissingException when it cannot be read, and none is known that still holds
   */
  Secret read(SecretRef ref) {
    return ref.kind() == SecretRef.Kind.AWS
        ? known.computeIfAbsent(ref, Known::new).read()
        : secrets.read(ref);
  }

  /**
   * What is known of one.
   *
   * @param readAt when AWS said so
   * @param triedAt when AWS was last asked
   */
  private record State(
      @Nullable Secret value,
      Instant readAt,
      Instant triedAt,
      @Nullable SecretMissingException failure) {}

  private final class Known {
    private final SecretRef ref;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile State state = new State(null, Instant.MIN, Instant.MIN, null);

    Known(SecretRef ref) {
      this.ref = ref;
    }

    Secret read() {
      if (isDue() && (isUsable() ? asking.tryLock() : locked())) {
        try {
          ask();
        } finally {
          asking.unlock();
        }
      }
      State now = state;
      if (now.value() == null || !isWithin(now.readAt(), USABLE)) {
        throw now.failure() == null ? unread() : now.failure();
      }
      return now.value();
    }

    /** Whoever has nothing to go by waits for the answer to whoever asks. */
    private boolean locked() {
      asking.lock();
      return true;
    }

    private void ask() {
      if (!isDue()) {
        return;
      }
      State before = state;
      try {
        Secret value = secrets.read(ref);
        state = new State(value, clock.instant(), clock.instant(), null);
      } catch (SecretMissingException failed) {
        state = new State(before.value(), before.readAt(), clock.instant(), failed);
      }
    }

    private boolean isDue() {
      return !isWithin(state.readAt(), FRESH) && !isWithin(state.triedAt(), PAUSE);
    }

    private boolean isUsable() {
      return isWithin(state.readAt(), USABLE);
    }

    /** What lies ahead, because the clock was set back, is of an age that nobody knows. */
    private boolean isWithin(Instant moment, Duration span) {
      Instant now = clock.instant();
      return !moment.equals(Instant.MIN) && !moment.isAfter(now) && moment.plus(span).isAfter(now);
    }

    private SecretMissingException unread() {
      return new SecretMissingException("Secret '%s' has not been read yet.".formatted(ref.name()));
    }
  }
}
