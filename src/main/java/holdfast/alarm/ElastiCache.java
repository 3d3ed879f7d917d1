package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Notices of ElastiCache and MemoryDB: what happened is the name of the field. */
final class ElastiCache implements Format {

  @Override
  public boolean reads(Event event) {
    return event.body().properties().stream()
        .anyMatch(field -> isEvent(field.getKey()) && field.getValue().isTextual());
  }

  private static boolean isEvent(String field) {
    return field.startsWith("ElastiCache:") || field.startsWith("MemoryDB:");
  }

  @Override
  public List<Draft> drafts(Event event) {
    List<Draft> drafts = new ArrayList<>();
    event.body().properties().stream()
        .filter(field -> isEvent(field.getKey()))
        .forEach(field -> drafts.add(draft(event, field.getKey(), Json.text(field.getValue()))));
    return drafts;
  }

  private static Draft draft(Event event, String field, String node) {
    JsonNode body = event.body();
    Arn topic = Arn.of(event.envelope().topic());
    String happened = field.substring(field.indexOf(':') + 1);
    return new Draft("elasticache")
        .event(body)
        .name(happened)
        .about(node, topic.account(), topic.region())
        .title("%s: %s".formatted(field, node))
        .fact("event", happened)
        .identity(topic.account(), topic.region(), node);
  }
}
