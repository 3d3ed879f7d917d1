package holdfast.campaign;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The most that a figure may be.
 *
 * @param name of the figure
 */
record Limit(String name, double most) {

  /** One sentence for each figure that is missing or above its limit. */
  static List<String> broken(Map<String, Object> counted, Limit... limits) {
    return Stream.of(limits)
        .filter(limit -> !limit.holds(counted.get(limit.name())))
        .map(
            limit ->
                "%s is %s, at most %s is promised"
                    .formatted(limit.name(), counted.get(limit.name()), limit.most()))
        .toList();
  }

  private boolean holds(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Number number && number.doubleValue() <= most;
  }
}
