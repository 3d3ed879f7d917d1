package holdfast.retention;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way out of the catalog, step by step; each step is one transaction with its audit entry. */
final class Expiring {

  private final Transaction journal;
  private final Audit audit;
  private final Catalog catalog;
  private final Stores stores;
  private final Notes notes;
  private final Ids ids;
  private final InstantSource clock;
  private final ExpiryRows rows;

  Expiring(
      Transaction journal,
      Audit audit,
      Catalog catalog,
      Stores stores,
      Notes notes,
      Ids ids,
      InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.catalog = catalog;
    this.stores = stores;
    this.notes = notes;
    this.ids = ids;
    this.clock = clock;
    this.rows = new ExpiryRows(journal);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The first step, within the caller's transaction, which holds the point's row. */
  void begin(
      Known point, String reason, String actor, @Nullable String approval, Duration takeBack) {
    Instant now = now();
    Expiry expiry =
        Expiry.begun(ids.next(), point, reason, actor, approval, now, now.plus(takeBack));
    rows.begin(expiry);
    audit.append(
        actor,
        "point.expiring",
        point.id(),
        Map.of(
            "reason",
            reason,
            "removeAfter",
            expiry.removeAfter().toString(),
            "approval",
            approval == null ? "" : approval));
  }

  /** Back into the state that it had, within the caller's transaction. */
  void back(Expiry expiry, Point.State state, String reason, String actor) {
    rows.state(expiry.point(), Point.State.EXPIRING, state);
    rows.end(expiry, ExpiryRows.Outcome.TAKEN_BACK, actor, now());
    audit.append(
        actor, "point.taken-back", expiry.point(), Map.of("reason", reason, "state", state.name()));
  }

  /**
   * Takes a point back, within the caller's transaction. One whose removal has begun comes back
   * where its data still stands, and is SUSPECT until it is proven.
   *
   * @throws RunException INVALID when it is not on its way out; REFUSED when nothing is left of it
   */
  void takeBack(String id, String reason, String actor) {
    lock(id);
    Expiry expiry = rows.open(id).orElseThrow(() -> notExpiring(id));
    if (expiry.removingAt() == null) {
      back(expiry, expiry.before(), reason, actor);
      return;
    }
    Point point = point(id);
    List<Point.Copy> left = left(point);
    if (left.isEmpty()) {
      throw new RunException(
          Code.REFUSED,
          id,
          false,
          "The data of %s is gone from its stores; restore another point.".formatted(id));
    }
    left.forEach(copy -> removal(point, copy).undo());
    point.copies().stream()
        .filter(copy -> !left.contains(copy))
        .forEach(copy -> rows.gone(id, copy.store()));
    back(expiry, Point.State.SUSPECT, reason, actor);
  }

  /** Whether enough is left of it. */
  boolean canComeBack(Expiry expiry) {
    return expiry.removingAt() == null || !left(point(expiry.point())).isEmpty();
  }

  private List<Point.Copy> left(Point point) {
    return point.copies().stream()
        .filter(copy -> copy.state() != Point.State.DELETED)
        .filter(copy -> removal(point, copy).stands())
        .toList();
  }

  private Removal removal(Point point, Point.Copy copy) {
    return new Removal(point, copy, stores.named(copy.store()));
  }

  Point point(String id) {
    return catalog
        .find(id)
        .orElseThrow(
            () ->
                new RunException(
                    Code.INVALID, id, false, "There is no point %s in the journal.".formatted(id)));
  }

  void lock(String id) {
    journal
        .sql("SELECT id FROM points WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query()
        .listOfRows();
  }

  private static RunException notExpiring(String id) {
    return new RunException(
        Code.INVALID, id, false, "Point %s is not on its way out.".formatted(id));
  }

  /** What is open of a point. */
  Optional<Expiry> open(String id) {
    return rows.open(id);
  }

  /** The last step before objects go, within the caller's transaction. */
  void removing(Expiry expiry) {
    rows.removing(expiry, now());
    audit.append("holdfast", "point.removing", expiry.point(), Map.of("reason", expiry.reason()));
  }

  /**
   * Removes the objects of a point whose removal has begun, store by store, while nobody else
   * touches its row. Whether all is gone; what is not stays EXPIRING, with the reason, for the next
   * pass.
   */
  boolean remove(Expiry expiry) {
    return journal.in(
        () -> {
          lock(expiry.point());
          boolean still =
              rows.open(expiry.point()).map(Expiry::id).equals(Optional.of(expiry.id()));
          return still && removed(expiry, point(expiry.point()));
        });
  }

  private boolean removed(Expiry expiry, Point point) {
    String problem = null;
    for (Point.Copy copy : point.copies()) {
      if (copy.state() != Point.State.DELETED) {
        try {
          removal(point, copy).run(notes, Note.tombstone(point, expiry, now()));
          rows.gone(point.id(), copy.store());
        } catch (RuntimeException e) {
          problem = RunException.from(e, copy.store()).getMessage();
        }
      }
    }
    rows.problem(expiry, problem);
    if (problem != null) {
      return false;
    }
    rows.state(point.id(), Point.State.EXPIRING, Point.State.DELETED);
    rows.end(expiry, ExpiryRows.Outcome.REMOVED, "holdfast", now());
    audit.append("holdfast", "point.deleted", point.id(), Map.of("reason", expiry.reason()));
    return true;
  }
}
