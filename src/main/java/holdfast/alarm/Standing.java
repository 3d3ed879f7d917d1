package holdfast.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a probe stands, and what the next look makes of it. Pure.
 *
 * @param since when the state began; absent before the first look
 * @param reason of the last look that was not well; empty where all were
 * @param episode the newest alarm about what is looked at
 * @param blind the newest alarm about the probe itself, which could not look
 */
record Standing(
    ProbeState state,
    @Nullable Instant since,
    String reason,
    @Nullable Instant lookedAt,
    Row row,
    Episode episode,
    Episode blind) {

  /** So many looks in a row must be well before an alarm is over. */
  static final int RECOVERY = 2;

  /** Before the first look. */
  static final Standing NONE =
      new Standing(
          ProbeState.UNKNOWN, null, "", null, new Row(0, 0, 0), Episode.NONE, Episode.NONE);

  private static final int MOST = 1_000_000;

  /**
   * Looks in a row.
   *
   * @param failures that failed; one that was not possible does not count
   * @param successes that were well
   * @param blanks that were not possible
   */
  record Row(int failures, int successes, int blanks) {

    private Row after(ProbeState state) {
      boolean well = state == ProbeState.UP;
      boolean failed = state == ProbeState.DOWN;
      boolean blank = state == ProbeState.COULD_NOT_PROBE;
      return new Row(
          count(failures, failed, well),
          count(successes, well, failed),
          count(blanks, blank, !blank));
    }

    private static int count(int before, boolean more, boolean over) {
      return over ? 0 : Math.min(MOST, before + (more ? 1 : 0));
    }
  }

  /**
   * One alarm.
   *
   * @param number counts them; 0 before the first
   * @param endedAt absent while it lasts
   */
  record Episode(long number, @Nullable Instant beganAt, String reason, @Nullable Instant endedAt) {

    static final Episode NONE = new Episode(0, null, "", null);

    boolean lasts() {
      return beganAt != null && endedAt == null;
    }

    private Episode after(boolean begins, boolean ends, String why, Instant now) {
      if (!lasts() && begins) {
        return new Episode(number + 1, now, why, null);
      }
      return lasts() && ends ? new Episode(number, beganAt, reason, now) : this;
    }
  }

  /**
   * After a look that ended {@code now}; {@code allowed} in a row that are not well are an alarm.
   */
  Standing after(ProbeResult result, int allowed, Instant now) {
    Row after = row.after(result.state());
    String why = result.reason();
    return new Standing(
        result.state(),
        result.state() == state ? since : now,
        result.state() == ProbeState.UP ? reason : why,
        now,
        after,
        episode.after(after.failures() >= allowed, after.successes() >= RECOVERY, why, now),
        blind.after(after.blanks() >= allowed, after.blanks() == 0, why, now));
  }
}
