package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices of ElastiCache and MemoryDB, where what happened is the name of the field, and events of
 * serverless caches, where it is the type.
 */
final class ElastiCache implements Format {

  private static final String KIND = "elasticache";

  @Override
  public boolean reads(Event event) {
    return isBus(AwsEvent.of(event))
        || event.body().properties().stream()
            .anyMatch(field -> isEvent(field.getKey()) && field.getValue().isTextual());
  }

  /** Calls that CloudTrail tells of bear the service's name too. */
  private static boolean isBus(AwsEvent aws) {
    return aws.is()
        && aws.source().equals("aws.elasticache")
        && (aws.type().startsWith("Cache ") || aws.type().startsWith("Snapshot "));
  }

  private static boolean isEvent(String field) {
    return field.startsWith("ElastiCache:") || field.startsWith("MemoryDB:");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    if (isBus(aws)) {
      return List.of(bus(aws));
    }
    List<Draft> drafts = new ArrayList<>();
    event.body().properties().stream()
        .filter(field -> isEvent(field.getKey()))
        .forEach(field -> drafts.add(draft(event, field.getKey(), Json.text(field.getValue()))));
    return drafts;
  }

  private static Draft bus(AwsEvent aws) {
    JsonNode said = aws.detail();
    String arn = Json.first(said, "SourceArn", "SourceIdentifier");
    String cache = arn.isEmpty() ? aws.resource() : arn;
    return aws.draft(KIND)
        .about(cache, aws.account(), aws.region())
        .title("ElastiCache %s: %s".formatted(aws.type(), cache))
        .text(Json.text(said, "Message"))
        .fact("event", aws.type())
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), cache, theme(aws.type()));
  }

  private static Draft draft(Event event, String field, String node) {
    JsonNode body = event.body();
    Arn topic = Arn.of(event.envelope().topic());
    String happened = field.substring(field.indexOf(':') + 1);
    return new Draft(KIND)
        .event(body)
        .name(happened)
        .about(node, topic.account(), topic.region())
        .title("%s: %s".formatted(field, node))
        .fact("event", happened)
        .identity(topic.account(), topic.region(), node, theme(happened));
  }

  /** A snapshot that was made says nothing about a node, and the other way round. */
  private static String theme(String happened) {
    if (happened.contains("Snapshot")) {
      return "backup";
    }
    if (happened.contains("Limit")) {
      return "capacity";
    }
    return happened.startsWith("Delete") ? "deletion" : "node";
  }
}
