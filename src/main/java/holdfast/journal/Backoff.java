package holdfast.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long a message waits after a failed attempt. Pure. */
final class Backoff {

  /** Twelve attempts within a day; the statements in {@code sql/} know the number too. */
  static final int ATTEMPTS = 12;

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(6));

  private Backoff() {}

  /**
   * The wait before the next attempt; empty when there is none left.
   *
   * @param attempts made so far, at least 1
   */
  static Optional<Duration> after(int attempts) {
    return attempts >= ATTEMPTS
        ? Optional.empty()
        : Optional.of(WAITS.get(Math.max(attempts, 1) - 1));
  }
}
