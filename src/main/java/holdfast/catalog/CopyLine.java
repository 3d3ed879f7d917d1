package holdfast.catalog;

import holdfast.plan.AssetId;
import holdfast.stream.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One copy as the catalog knows it.
 *
 * @param key of the data object, below the store's prefix
 * @param sealed what it must hold
 * @param checksum that the store reported when it was put; absent where it reports none
 * @param seenAt when the store last said that it is there
 * @param readAt when every byte of it was last read and agreed
 * @param problem one sentence; absent where nothing is known to be wrong
 */
public record CopyLine(
    String point,
    AssetId asset,
    String store,
    String key,
    Point.State state,
    Digest sealed,
    @Nullable String checksum,
    @Nullable Instant seenAt,
    @Nullable Instant readAt,
    @Nullable String problem) {

  /** Such as {@code 20261121T020000000-abc234 in store primary}. */
  public String words() {
    return point + " in store " + store;
  }
}
