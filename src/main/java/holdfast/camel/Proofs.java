package holdfast.camel;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.journal.Event;
import holdfast.journal.Ids;
import holdfast.journal.Outcomes;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.verify.ProofTicket;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Turns the outbox's demand for a proof into one proof run: again after a crash, but not after an
 * end.
 */
public final class Proofs {

  private static final String TRIGGER = "proof";
  private static final int RECENT = 200;

  private final Catalog catalog;
  private final Runs runs;
  private final Outcomes outcomes;
  private final Ids ids;

  Proofs(Catalog catalog, Runs runs, Outcomes outcomes, Ids ids) {
    this.catalog = catalog;
    this.runs = runs;
    this.outcomes = outcomes;
    this.ids = ids;
  }

  /** The ticket of the proof that {@code row} asks for; null when there is nothing left to do. */
  public @Nullable ProofTicket ticket(@Variable("row") Map<String, Object> row) {
    Event event = event(row);
    return asked(event)
        .filter(point -> existing(event, point).isEmpty())
        .map(point -> ProofTicket.of(ids.next(), point, TRIGGER, "holdfast"))
        .orElse(null);
  }

  /**
   * Settles the demand: delivered once a proof run has ended. One that seems to run may be that of
   * a dead process which nobody closed yet, so then the demand waits.
   */
  public void settle(@Variable("row") Map<String, Object> row) {
    long id = ((Number) row.get("id")).longValue();
    Event event = event(row);
    Optional<Point> point = asked(event);
    if (point.isEmpty()) {
      outcomes.failed(id, "The point " + event.point() + " is not in the catalog.");
      return;
    }
    existing(event, point.get())
        .ifPresentOrElse(
            run -> settle(id, run),
            () -> outcomes.failed(id, "The proof did not begin: see the service's log."));
  }

  private void settle(long id, Run run) {
    if (run.over()) {
      outcomes.delivered(id, "run " + run.id());
    } else {
      outcomes.notYet(id);
    }
  }

  private Optional<Point> asked(Event event) {
    return event.point() == null ? Optional.empty() : catalog.find(event.point());
  }

  private Optional<Run> existing(Event event, Point point) {
    return runs.recent(event.asset(), RECENT).stream()
        .filter(run -> run.kind() == Run.Kind.VERIFY && TRIGGER.equals(run.trigger()))
        .filter(run -> point.id().equals(run.point()))
        .filter(run -> run.state() != Run.State.ABANDONED)
        .findFirst();
  }

  private static Event event(Map<String, Object> row) {
    return Event.read(String.valueOf(row.get("event")));
  }
}
