package holdfast.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one bucket stands against the plan.
 *
 * @param rules of the bucket and of the plan, each in words
 * @param hazards rules that may remove recovery points, each as one sentence
 * @param versioned null when the store does not say
 * @param encrypted by default; null when the store does not say
 */
public record BucketStatus(
    String store,
    String bucket,
    List<Rule> rules,
    List<String> hazards,
    @Nullable Boolean versioned,
    @Nullable Boolean encrypted) {

  /** Whether applying would change the bucket. */
  public boolean drifted() {
    return rules.stream()
        .anyMatch(rule -> rule.state() != State.SAME && rule.state() != State.FOREIGN);
  }

  /** One rule, such as {@code after 90 days to GLACIER: holdfast=data under holdfast/a/b/}. */
  public record Rule(String id, State state, String words) {}

  /** What applying does to a rule. */
  public enum State {
    SAME,
    ADDED,
    CHANGED,
    REMOVED,
    FOREIGN
  }
}
