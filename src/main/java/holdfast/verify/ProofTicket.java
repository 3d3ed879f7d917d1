package holdfast.verify;

import holdfast.catalog.Point;
import holdfast.journal.Run;
import org.jspecify.annotations.Nullable;

/**
 * The small typed message that walks the proof route. Immutable; it never holds bytes or secrets.
 *
 * @param runId chosen when the ticket is made, so that whoever asked can follow the run at once
 * @param trigger {@code proof} when a good point started it by itself
 * @param run absent until claimed
 */
public record ProofTicket(
    String runId, Point point, String trigger, String actor, @Nullable Run run) {

  /** A new ticket. */
  public static ProofTicket of(String runId, Point point, String trigger, String actor) {
    return new ProofTicket(runId, point, trigger, actor, null);
  }

  ProofTicket claimedBy(Run claimed) {
    return new ProofTicket(runId, point, trigger, actor, claimed);
  }
}
