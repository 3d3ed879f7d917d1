package holdfast.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's word that a point stays, whatever the plan says, until somebody takes it back.
 *
 * @param actor who said it
 * @param release that it no longer holds; absent while it does
 */
public record Hold(
    String id,
    String point,
    String reason,
    String actor,
    Instant since,
    @Nullable Release release) {

  /** Who let the point go, and why. */
  public record Release(Instant at, String actor, String reason) {}
}
