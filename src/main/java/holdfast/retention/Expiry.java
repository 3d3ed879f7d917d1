package holdfast.retention;

import holdfast.catalog.Point;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a point is on its way out.
 *
 * @param before the state that it had, and gets again when it is taken back
 * @param removeAfter when it may be removed; until then it can be taken back whole
 * @param removingAt since when its objects may be gone
 * @param approval what allowed it to go with many others; absent where none was needed
 * @param problem why it is not gone, when that was tried; one sentence
 * @param noted whether the signed document of it lies beside every copy
 * @param takenBack whether and by whom it came back
 */
public record Expiry(
    String id,
    String point,
    Point.State before,
    String reason,
    String actor,
    @Nullable String approval,
    Instant begunAt,
    Instant removeAfter,
    @Nullable Instant removingAt,
    @Nullable String problem,
    boolean noted,
    @Nullable Return takenBack) {

  /** That it came back. */
  public record Return(Instant at, String actor) {}

  /** A new one, which nothing has come of yet. */
  static Expiry begun(
      String id,
      Known point,
      String reason,
      String actor,
      @Nullable String approval,
      Instant now,
      Instant removeAfter) {
    return new Expiry(
        id,
        point.id(),
        point.state(),
        reason,
        actor,
        approval,
        now,
        removeAfter,
        null,
        null,
        false,
        null);
  }
}
