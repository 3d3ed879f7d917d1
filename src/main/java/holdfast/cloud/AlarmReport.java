package holdfast.cloud;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one region stands against a system's plan.
 *
 * @param problem one sentence on what kept us from going on; absent when nothing did
 */
public record AlarmReport(
    String system, String region, List<Change> changes, @Nullable String problem) {

  /** Whether the region is not as the plan wants it, or nobody knows. */
  public boolean isDrifted() {
    return problem != null || changes.stream().anyMatch(Change::isDrift);
  }
}
