package holdfast.web;

import java.time.Duration;

/**
 * How long a door stays shut after failed attempts. Pure.
 *
 * @param free attempts that cost nothing
 * @param first the wait after the first that does; each further one doubles it
 * @param longest no wait is longer
 */
record Backoff(int free, Duration first, Duration longest) {

  /** Old attempts are forgotten. */
  static final Duration MEMORY = Duration.ofHours(1);

  static final Backoff ACCOUNT = new Backoff(5, Duration.ofSeconds(30), Duration.ofMinutes(15));
  static final Backoff ADDRESS = new Backoff(20, Duration.ofSeconds(30), Duration.ofMinutes(15));

  private static final int DOUBLINGS_MAX = 20;

  /** The wait after {@code attempts} failed ones. */
  Duration after(int attempts) {
    if (attempts < free) {
      return Duration.ZERO;
    }
    Duration wait = first.multipliedBy(1L << Math.min(attempts - free, DOUBLINGS_MAX));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
