package holdfast.retention;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts beside the points what the journal knows of holds and removals, so that it can be told
 * without the journal. What a store does not take is tried again with the next pass.
 */
final class Publishing {

  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

  private final Catalog catalog;
  private final Notes notes;
  private final HoldRows holds;
  private final ExpiryRows expiries;

  Publishing(Transaction journal, Catalog catalog, Notes notes) {
    this.catalog = catalog;
    this.notes = notes;
    this.holds = new HoldRows(journal);
    this.expiries = new ExpiryRows(journal);
  }

  /** Puts what is missing; why some of it could not be put, or null. */
  @Nullable String publish(AssetId asset) {
    String problem = null;
    for (Hold hold : holds.unnoted(asset)) {
      problem = first(problem, attempt(hold.point(), point -> put(point, hold)));
    }
    for (Expiry expiry : expiries.unnoted(asset)) {
      problem = first(problem, attempt(expiry.point(), point -> put(point, expiry)));
    }
    return problem;
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private interface Putting {
    void put(Point point);
  }

  private @Nullable String attempt(String id, Putting putting) {
    try {
      catalog.find(id).ifPresent(putting::put);
      return null;
    } catch (RuntimeException e) {
      String reason = RunException.from(e, id).getMessage();
      LOG.warn("A note about {} is not yet beside every copy: {}", id, reason);
      return reason;
    }
  }

  private void put(Point point, Hold hold) {
    notes.put(point, Note.hold(point, hold));
    if (hold.release() != null) {
      notes.put(point, Note.release(point, hold, hold.release()));
    }
    holds.noted(hold);
  }

  private void put(Point point, Expiry expiry) {
    notes.put(point, Note.expiring(point, expiry));
    if (expiry.takenBack() != null) {
      notes.put(point, Note.takenBack(point, expiry, expiry.takenBack()));
    }
    expiries.noted(expiry);
  }
}
