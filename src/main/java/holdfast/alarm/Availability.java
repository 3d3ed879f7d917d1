package holdfast.alarm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how much of the last 30 days a component could be used, today included.
 *
 * @param target a share between 0 and 1; absent where the plan promises none
 * @param share of the time that is known; absent where none is
 * @param unknown time for which nobody looked, or could
 */
public record Availability(
    String system,
    String component,
    @Nullable Double target,
    @Nullable Double share,
    Duration up,
    Duration down,
    Duration unknown) {

  /** Whether less than was promised; false where either is not known. */
  public boolean missed() {
    return target != null && share != null && share < target;
  }
}
