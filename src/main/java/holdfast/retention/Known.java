package holdfast.retention;

import holdfast.catalog.Point;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A recovery point, as far as keeping it is concerned.
 *
 * @param state what it is; of one on its way out, what it was before
 * @param expiring whether it is on its way out
 * @param at the moment whose data it holds
 * @param madeAt when it was finished
 * @param bytes of the data before compression
 * @param parents points that it needs
 * @param there whether at least one copy is believed to be whole
 * @param locks until when which store refuses to remove it
 * @param readers the runs that read it now, in words
 */
public record Known(
    String id,
    Point.State state,
    boolean expiring,
    Instant at,
    Instant madeAt,
    long bytes,
    List<String> parents,
    boolean there,
    List<Hold> holds,
    Map<String, Instant> locks,
    List<String> readers) {

  /** Whether it can be restored, as far as is known. */
  boolean good() {
    return there && (state == Point.State.GOOD || state == Point.State.PROVEN);
  }

  /** Whether it was restored and queried. */
  boolean proven() {
    return there && state == Point.State.PROVEN;
  }

  /** The same, of a later moment. */
  Known of(Instant moment) {
    return new Known(
        id, state, expiring, moment, madeAt, bytes, parents, there, holds, locks, readers);
  }

  /** The later of what it holds and when it was made: no wrong date makes a point older. */
  Instant youngest() {
    return at.isAfter(madeAt) ? at : madeAt;
  }
}
