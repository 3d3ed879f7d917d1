package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An alarm of CloudWatch: published to a topic, sent as an event, or given to a function. */
final class CloudWatchAlarm implements Format {

  /** The dimensions that name a thing, the thing itself before what it belongs to. */
  private static final List<String> THINGS =
      List.of(
          "DBInstanceIdentifier",
          "DBClusterIdentifier",
          "InstanceId",
          "CacheClusterId",
          "ReplicationGroupId",
          "ReplicationTaskIdentifier",
          "VolumeId",
          "FileSystemId",
          "TargetGroup",
          "LoadBalancer",
          "ServiceName",
          "FunctionName",
          "QueueName",
          "TopicName",
          "TableName",
          "BucketName",
          "SourceBucket",
          "HealthCheckId",
          "DistributionId",
          "CanaryName",
          "AutoScalingGroupName",
          "ClusterName");

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return isMessage(body) || isAction(body) || isEvent(body);
  }

  private static boolean isMessage(JsonNode body) {
    return body.path("AlarmName").isTextual() && body.path("NewStateValue").isTextual();
  }

  private static boolean isAction(JsonNode body) {
    return body.path("alarmArn").isTextual() && body.path("alarmData").isObject();
  }

  private static boolean isEvent(JsonNode body) {
    return AwsEvent.of(body).from("aws.cloudwatch", "CloudWatch Alarm State Change");
  }

  @Override
  public List<Draft> drafts(Event event) {
    JsonNode body = event.body();
    if (isMessage(body)) {
      return List.of(message(body, event.envelope()));
    }
    JsonNode alarm = isAction(body) ? body.path("alarmData") : body.path("detail");
    String arn =
        isAction(body) ? Json.text(body, "alarmArn") : Json.text(body.path("resources").path(0));
    return List.of(state(body, alarm, arn));
  }

  /** The shape that topics get; its region is a name for people. */
  private static Draft message(JsonNode body, Envelope envelope) {
    String arn = Json.text(body, "AlarmArn");
    String topicRegion = Arn.of(envelope.topic()).region();
    JsonNode trigger = body.path("Trigger");
    Draft draft =
        draft(
            body,
            Json.text(body, "AlarmName"),
            arn,
            Json.text(body, "AWSAccountId"),
            topicRegion.isEmpty() ? Json.text(body, "Region") : topicRegion,
            dimensions(
                trigger.has("Dimensions")
                    ? trigger.path("Dimensions")
                    : firstMetric(trigger.path("Metrics")).path("Dimensions")));
    return metric(draft, trigger)
        .state(state(Json.text(body, "NewStateValue")))
        .text(words(Json.text(body, "NewStateReason"), Json.text(body, "AlarmDescription")))
        .time(body.path("StateChangeTime"))
        .fact("previous state", Json.text(body, "OldStateValue"))
        .fact("rule", Json.text(body, "AlarmRule"));
  }

  /** The shape of events and of actions. */
  private static Draft state(JsonNode body, JsonNode alarm, String arn) {
    JsonNode state = alarm.path("state");
    JsonNode settings = alarm.path("configuration");
    JsonNode metric = firstMetric(settings.path("metrics"));
    String account = Json.first(body, "accountId", "account");
    Draft draft =
        draft(
            body,
            Json.text(alarm, "alarmName"),
            arn,
            account,
            Json.text(body, "region"),
            dimensions(metric.path("dimensions")));
    String suppressor = Json.text(state, "actionsSuppressedBy");
    State now = state(Json.text(state, "value"));
    return draft
        .state(suppressor.isEmpty() || now == State.CLEARED ? now : State.INFORMATIONAL)
        .text(words(Json.text(state, "reason"), Json.text(settings, "description")))
        .time(state.path("timestamp"))
        .time(body.path("time"))
        .fact("namespace", Json.text(metric, "namespace"))
        .fact("metric", Json.text(metric, "name"))
        .fact("previous state", Json.text(alarm, "previousState", "value"))
        .fact("suppressed by", suppressor)
        .fact("rule", Json.text(settings, "alarmRule"));
  }

  private static Draft draft(
      JsonNode body,
      String name,
      String arn,
      String owner,
      String where,
      Map<String, String> dimensions) {
    Arn alarm = Arn.of(arn);
    String account = alarm.account().isEmpty() ? owner : alarm.account();
    String region = alarm.region().isEmpty() ? where : alarm.region();
    String thing = thing(dimensions);
    Draft draft =
        new Draft("cloudwatch-alarm")
            .event(body)
            .name(name)
            .about(thing.isEmpty() ? (arn.isEmpty() ? name : arn) : thing, account, region)
            .title("CloudWatch alarm " + name)
            .identity(account, region, name)
            .fact("alarm", arn);
    List<String> all = new ArrayList<>();
    dimensions.forEach((dimension, value) -> all.add(dimension + "=" + value));
    return draft.fact("dimensions", String.join(", ", all));
  }

  private static Draft metric(Draft draft, JsonNode trigger) {
    JsonNode metric = firstMetric(trigger.path("Metrics"));
    String namespace = Json.text(trigger, "Namespace");
    return draft
        .fact(
            "namespace",
            namespace.isEmpty() ? Json.first(metric, "Namespace", "namespace") : namespace)
        .fact(
            "metric",
            namespace.isEmpty()
                ? Json.first(metric, "MetricName", "name")
                : Json.text(trigger, "MetricName"))
        .fact("threshold", Json.text(trigger, "Threshold"))
        .fact("missing data", Json.text(trigger, "TreatMissingData"));
  }

  /** Of several, the first that is measured; the others are calculated. */
  private static JsonNode firstMetric(JsonNode metrics) {
    for (JsonNode metric : metrics) {
      JsonNode stat =
          metric.has("metricStat") ? metric.path("metricStat") : metric.path("MetricStat");
      if (stat.isObject()) {
        return stat.has("metric") ? stat.path("metric") : stat.path("Metric");
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static Map<String, String> dimensions(JsonNode dimensions) {
    Map<String, String> all = new TreeMap<>();
    if (dimensions.isObject()) {
      dimensions.properties().forEach(one -> all.put(one.getKey(), Json.text(one.getValue())));
    }
    for (JsonNode one : dimensions) {
      if (one.isObject()) {
        all.put(Json.text(one, "name"), Json.text(one, "value"));
      }
    }
    return all;
  }

  private static String thing(Map<String, String> dimensions) {
    return THINGS.stream()
        .filter(dimensions::containsKey)
        .map(dimensions::get)
        .findFirst()
        .orElse("");
  }

  private static State state(String value) {
    return switch (value) {
      case "ALARM" -> State.FIRING;
      case "OK" -> State.CLEARED;
      case "INSUFFICIENT_DATA" -> State.INSUFFICIENT_DATA;
      default -> State.INFORMATIONAL;
    };
  }

  private static String words(String reason, String description) {
    return description.isBlank() ? reason : description + "\n" + reason;
  }
}
