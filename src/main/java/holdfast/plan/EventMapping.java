package holdfast.plan;

import java.util.List;
import java.util.Map;

/**
 * Where the events of a sender of one's own keep what an alarm needs.
 *
 * @param pointers JSON Pointers by field: title, text, name, state, severity, time, resource,
 *     account, region, fingerprint, link
 * @param states which values at {@code state} mean what
 * @param severities which values at {@code severity} mean what
 */
public record EventMapping(
    Map<String, String> pointers,
    Map<AlarmRule.State, List<String>> states,
    Map<Severity, List<String>> severities) {

  /** Whether the sender says where anything is. */
  public boolean isGiven() {
    return !pointers.isEmpty();
  }
}
