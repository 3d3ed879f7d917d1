package holdfast.retention;

import holdfast.catalog.Point;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Holds: points that stay because somebody says so. */
public final class Holds {

  private final Transaction journal;
  private final Audit audit;
  private final Ids ids;
  private final Expiring expiring;
  private final Publishing publishing;
  private final InstantSource clock;
  private final HoldRows rows;

  Holds(
      Transaction journal,
      Audit audit,
      Ids ids,
      Expiring expiring,
      Publishing publishing,
      InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.ids = ids;
    this.expiring = expiring;
    this.publishing = publishing;
    this.clock = clock;
    this.rows = new HoldRows(journal);
  }

  /** All that stand, the oldest first. */
  public List<Hold> all() {
    return rows.all();
  }

  /**
   * Holds a point; one that is on its way out comes back.
   *
   * @throws RunException INVALID when there is no such point; REFUSED when it is gone
   */
  public Hold add(String id, String reason, String actor) {
    Hold hold =
        new Hold(
            ids.next(), id, reason, actor, clock.instant().truncatedTo(ChronoUnit.MICROS), null);
    journal.run(
        () -> {
          expiring.lock(id);
          if (expiring.point(id).state() == Point.State.DELETED) {
            throw new RunException(
                Code.REFUSED, id, false, "Point %s is gone; hold another.".formatted(id));
          }
          if (expiring.open(id).isPresent()) {
            expiring.takeBack(id, reason, actor);
          }
          rows.add(hold);
          audit.append(actor, "hold.added", id, Map.of("hold", hold.id(), "reason", reason));
        });
    publishing.publish(expiring.point(id).asset());
    return hold;
  }

  /**
   * Takes back a point that is on its way out, and holds it: else the next pass would let it go
   * again.
   *
   * @throws RunException INVALID when it is not on its way out; REFUSED when nothing is left of it
   */
  public Hold takeBack(String id, String actor) {
    if (expiring.open(expiring.point(id).id()).isEmpty()) {
      throw new RunException(
          Code.INVALID, id, false, "Point %s is not on its way out.".formatted(id));
    }
    return add(id, "taken back", actor);
  }

  /**
   * Ends every hold of a point; which those were.
   *
   * @throws RunException INVALID when nobody holds it
   */
  public List<Hold> release(String id, String reason, String actor) {
    List<Hold> released =
        journal.in(
            () -> {
              expiring.lock(id);
              List<Hold> standing = rows.of(id);
              standing.forEach(hold -> end(hold, reason, actor));
              return standing;
            });
    if (released.isEmpty()) {
      throw new RunException(Code.INVALID, id, false, "Nobody holds point %s.".formatted(id));
    }
    publishing.publish(expiring.point(id).asset());
    return released;
  }

  private void end(Hold hold, String reason, String actor) {
    rows.release(hold, reason, actor, clock.instant().truncatedTo(ChronoUnit.MICROS));
    audit.append(actor, "hold.released", hold.point(), Map.of("hold", hold.id(), "reason", reason));
  }
}
