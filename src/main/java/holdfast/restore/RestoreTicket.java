package holdfast.restore;

import holdfast.catalog.Point;
import holdfast.journal.Run;
import org.jspecify.annotations.Nullable;

/**
 * The small typed message that walks the restore route. Immutable; it never holds bytes or secrets.
 *
 * @param runId chosen when the ticket is made, so that whoever asked can follow the run at once
 * @param target as {@code CONNECTION/DATABASE}; the database must not exist yet
 * @param run absent until claimed
 * @param outcome absent until loaded
 */
public record RestoreTicket(
    String runId,
    Point point,
    String target,
    String trigger,
    String actor,
    @Nullable Run run,
    @Nullable Outcome outcome) {

  /**
   * What a restore did.
   *
   * @param store the store whose copy was read
   * @param seconds from the first byte read to the last byte loaded
   */
  public record Outcome(String store, long plainBytes, double seconds) {}

  /** A new ticket. */
  public static RestoreTicket of(
      String runId, Point point, String target, String trigger, String actor) {
    return new RestoreTicket(runId, point, target, trigger, actor, null, null);
  }

  RestoreTicket claimedBy(Run claimed) {
    return new RestoreTicket(runId, point, target, trigger, actor, claimed, outcome);
  }

  RestoreTicket with(Outcome done) {
    return new RestoreTicket(runId, point, target, trigger, actor, run, done);
  }
}
