package holdfast.custody;

import holdfast.plan.AssetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One trial of the escrowed key: whether it opens the newest point of an asset.
 *
 * @param drill the same for all points that were tried together
 * @param fingerprint of the key, upper-case hex; empty where it could not be read
 * @param store whose copy was opened, or failed; absent where none was reached
 * @param reason one sentence; empty when it passed
 * @param bytes plain bytes that were opened
 */
public record Drill(
    String drill,
    Instant at,
    String actor,
    String fingerprint,
    AssetId asset,
    String point,
    @Nullable String store,
    Outcome outcome,
    String reason,
    long bytes,
    double seconds) {

  /** A drill that could not be made is never a PASS and never a FAIL. */
  public enum Outcome {
    PASS,
    FAIL,
    COULD_NOT_DRILL;

    /** As people write it. */
    public String words() {
      return name().replace('_', '-');
    }
  }
}
