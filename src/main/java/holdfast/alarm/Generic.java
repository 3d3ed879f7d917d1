package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import holdfast.plan.EventMapping;
import java.util.List;
import java.util.Map;

/** Events of a sender whose mapping says where they keep what an alarm needs. */
final class Generic implements Format {

  private final EventMapping mapping;

  Generic(EventMapping mapping) {
    this.mapping = mapping;
  }

  /** An event without a title is not one that the mapping was written for. */
  @Override
  public boolean reads(Event event) {
    return !said(event.body(), "title").isBlank();
  }

  @Override
  public List<Draft> drafts(Event event) {
    JsonNode body = event.body();
    String title = said(body, "title");
    String resource = said(body, "resource");
    String name = said(body, "name");
    String fingerprint = said(body, "fingerprint");
    String unnamed = name.isEmpty() ? title : name;
    String severity = meaning(mapping.severities(), said(body, "severity"));
    return List.of(
        new Draft("generic")
            .event(body)
            .name(unnamed)
            .state(state(said(body, "state")))
            .about(resource, said(body, "account"), said(body, "region"))
            .title(title)
            .text(said(body, "text"))
            .fact("state", said(body, "state"))
            .fact("severity", severity.isEmpty() ? said(body, "severity") : severity)
            .link(said(body, "link"))
            .time(at(body, "time"))
            .identity(
                fingerprint.isEmpty() ? unnamed : fingerprint,
                fingerprint.isEmpty() ? resource : ""));
  }

  /** A value that no list names is trouble: better one incident too many. */
  private State state(String value) {
    return switch (meaning(mapping.states(), value)) {
      case "cleared" -> State.CLEARED;
      case "informational" -> State.INFORMATIONAL;
      default -> State.FIRING;
    };
  }

  private static <E extends Enum<E>> String meaning(Map<E, List<String>> table, String value) {
    return table.entrySet().stream()
        .filter(row -> row.getValue().stream().anyMatch(value::equalsIgnoreCase))
        .map(row -> row.getKey().name().toLowerCase(java.util.Locale.ROOT))
        .findFirst()
        .orElse("");
  }

  private String said(JsonNode body, String field) {
    return Json.text(at(body, field));
  }

  private JsonNode at(JsonNode body, String field) {
    String pointer = mapping.pointers().getOrDefault(field, "");
    return pointer.isEmpty()
        ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
        : body.at(pointer);
  }
}
