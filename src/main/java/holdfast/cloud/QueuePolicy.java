package holdfast.cloud;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may send to the queue: exactly the rules and topics that the plan names, and nobody else. */
final class QueuePolicy {

  private QueuePolicy() {}

  static String of(Place place) {
    List<Map<String, Object>> statements = new ArrayList<>();
    List<String> rules = place.rules().stream().map(place::ruleArn).sorted().toList();
    if (!rules.isEmpty()) {
      statements.add(allow("HoldfastEvents", "events.amazonaws.com", place.queueArn(), rules));
    }
    List<String> topics = place.spec().topicArns().stream().sorted().toList();
    if (!topics.isEmpty()) {
      statements.add(allow("HoldfastTopics", "sns.amazonaws.com", place.queueArn(), topics));
    }
    return Documents.write(Map.of("Version", "2012-10-17", "Statement", statements));
  }

  private static Map<String, Object> allow(
      String name, String service, String queue, List<String> sources) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Sid", name);
    statement.put("Effect", "Allow");
    statement.put("Principal", Map.of("Service", service));
    statement.put("Action", "sqs:SendMessage");
    statement.put("Resource", queue);
    statement.put("Condition", Map.of("ArnEquals", Map.of("aws:SourceArn", sources)));
    return statement;
  }
}
