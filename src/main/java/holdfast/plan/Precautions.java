package holdfast.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done against the silent end of Holdfast itself.
 *
 * @param heartbeat absent, nobody outside notices that Holdfast is gone
 * @param auditStores where copies of the audit go; empty for the first store of the plan
 * @param capacities how many bytes may rest in a store, by its name; others have no end
 */
public record Precautions(
    @Nullable Heartbeat heartbeat, List<String> auditStores, Map<String, Long> capacities) {

  /** None of them. */
  public static final Precautions NONE = new Precautions(null, List.of(), Map.of());

  /** How often a sign of life is given where the plan says nothing. */
  public static final Duration EVERY = Duration.ofMinutes(1);

  /**
   * The sign of life to somebody outside, who misses it when it stays away.
   *
   * @param url whoever knows it can pretend to be us, so it is a secret
   * @param fail whether a withheld one is told at the address plus {@code /fail}, with the reason
   */
  public record Heartbeat(SecretRef url, Duration every, boolean fail, Origin origin) {}
}
