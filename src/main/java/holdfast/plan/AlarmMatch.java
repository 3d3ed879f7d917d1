package holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which alarms a rule is about: those where each field is covered by one of its patterns.
 *
 * @param fields by name: sender, kind, name, resource, account, region, title, text
 * @param detail by the name of a fact that the reader found, or by a JSON Pointer into the event
 */
public record AlarmMatch(Map<String, List<Glob>> fields, Map<String, List<Glob>> detail) {

  /** What an alarm offers to be matched. */
  public interface Candidate {

    /** A field of {@link AlarmMatch#fields()}; empty where there is none. */
    String field(String name);

    /** A fact; empty where there is none. */
    String fact(String name);

    /** The event without its envelopes. */
    JsonNode event();
  }

  /** Whether the rule is about this alarm. */
  public boolean covers(Candidate alarm) {
    return fields.entrySet().stream()
            .allMatch(field -> Glob.any(field.getValue(), alarm.field(field.getKey())))
        && detail.entrySet().stream()
            .allMatch(field -> Glob.any(field.getValue(), detail(alarm, field.getKey())));
  }

  private static String detail(Candidate alarm, String name) {
    return name.startsWith("/") ? alarm.event().at(name).asText("") : alarm.fact(name);
  }

  /** The kinds it names outright; empty where any kind may match. */
  public Set<String> kinds() {
    List<Glob> kinds = fields.getOrDefault("kind", List.of());
    return kinds.stream().allMatch(Glob::isLiteral)
        ? kinds.stream().map(Glob::toString).collect(java.util.stream.Collectors.toSet())
        : Set.of();
  }
}
