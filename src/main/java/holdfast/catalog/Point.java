package holdfast.catalog;

import holdfast.plan.AssetId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recovery point.
 *
 * @param id sorts by time
 * @param at the moment whose data it holds: when the dump's snapshot was taken
 * @param proof the newest proof; absent when none was made
 */
public record Point(
    String id,
    AssetId asset,
    State state,
    Instant at,
    Instant finishedAt,
    long plainBytes,
    String plainSha256,
    long sealedBytes,
    String sealedSha256,
    String manifest,
    List<Copy> copies,
    @Nullable Proof proof) {

  /** Of the design's states, those a point, or a copy, can have once it is in the catalog. */
  public enum State {
    GOOD,
    PROVEN,
    SUSPECT,
    CORRUPT,
    /** Of a copy only: it should be in its store, and is not. */
    MISSING,
    EXPIRING,
    DELETED
  }

  Point with(List<Copy> found, @Nullable Proof newest) {
    return new Point(
        id,
        asset,
        state,
        at,
        finishedAt,
        plainBytes,
        plainSha256,
        sealedBytes,
        sealedSha256,
        manifest,
        found,
        newest);
  }

  /** One place a point rests; {@code key} is the data object's, below the store's prefix. */
  public record Copy(String store, String key, State state) {}
}
