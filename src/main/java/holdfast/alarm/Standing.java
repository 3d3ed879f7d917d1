package holdfast.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a probe stands, and what the next look makes of it. Pure.
 *
 * @param since when the state began; absent before the first look
 * @param reason of the last look that was not well; empty where all were
 * @param failures looks in a row that failed; one that was not possible does not count
 * @param successes looks in a row that were well
 */
record Standing(
    ProbeState state,
    @Nullable Instant since,
    String reason,
    @Nullable Instant lookedAt,
    int failures,
    int successes,
    Episode episode) {

  /** So many looks in a row must be well before an alarm is over. */
  static final int RECOVERY = 2;

  /** Before the first look. */
  static final Standing NONE =
      new Standing(ProbeState.UNKNOWN, null, "", null, 0, 0, new Episode(0, null, "", null));

  private static final int MOST = 1_000_000;

  /**
   * The newest alarm.
   *
   * @param number counts them; 0 before the first
   * @param endedAt absent while it lasts
   */
  record Episode(long number, @Nullable Instant beganAt, String reason, @Nullable Instant endedAt) {

    boolean lasts() {
      return beganAt != null && endedAt == null;
    }
  }

  /** After a look that ended {@code now}; {@code allowed} failures in a row make an alarm. */
  Standing after(ProbeResult result, int allowed, Instant now) {
    boolean well = result.state() == ProbeState.UP;
    int failed = count(failures, result.state() == ProbeState.DOWN, well);
    int succeeded = count(successes, well, result.state() == ProbeState.DOWN);
    return new Standing(
        result.state(),
        result.state() == state ? since : now,
        well ? reason : result.reason(),
        now,
        failed,
        succeeded,
        episode(failed >= allowed, succeeded >= RECOVERY, result.reason(), now));
  }

  private static int count(int before, boolean more, boolean over) {
    return over ? 0 : Math.min(MOST, before + (more ? 1 : 0));
  }

  private Episode episode(boolean failing, boolean recovered, String why, Instant now) {
    if (!episode.lasts() && failing) {
      return new Episode(episode.number() + 1, now, why, null);
    }
    return episode.lasts() && recovered
        ? new Episode(episode.number(), episode.beganAt(), episode.reason(), now)
        : episode;
  }
}
