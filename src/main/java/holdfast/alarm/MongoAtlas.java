package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.List;
import java.util.Set;

/** Alerts of MongoDB Atlas. */
final class MongoAtlas implements Format {

  private static final Set<String> STATES =
      Set.of("OPEN", "TRACKING", "CLOSED", "CANCELLED", "INFORMATIONAL");

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return body.path("eventTypeName").isTextual()
        && STATES.contains(Json.text(body, "status"))
        && body.has("groupId");
  }

  @Override
  public List<Draft> drafts(Event event) {
    JsonNode body = event.body();
    String type = Json.text(body, "eventTypeName");
    String cluster = Json.first(body, "clusterName", "replicaSetName");
    String host = Json.text(body, "hostnameAndPort");
    String metric = Json.text(body, "metricName");
    String group = Json.text(body, "groupId");
    String where = Json.first(body, "clusterName", "replicaSetName", "hostnameAndPort");
    return List.of(
        new Draft("mongodb-atlas")
            .event(body)
            .name(type)
            .state(state(Json.text(body, "status")))
            .about(where.isEmpty() ? group : where, "", "")
            .title("MongoDB Atlas %s: %s".formatted(where.isEmpty() ? group : where, type))
            .text(Json.text(body, "humanReadable"))
            .fact("type", type)
            .fact("status", Json.text(body, "status"))
            .fact("host", host)
            .fact("metric", metric)
            .fact("value", Json.text(body, "currentValue", "number"))
            .fact("acknowledged until", Json.text(body, "acknowledgedUntil"))
            .link(Json.text(body.path("links").path(0), "href"))
            .time(body.path("resolved"))
            .time(body.path("updated"))
            .time(body.path("created"))
            .identity(group, type, cluster, host, metric));
  }

  private static State state(String status) {
    return switch (status) {
      case "OPEN" -> State.FIRING;
      case "CLOSED", "CANCELLED" -> State.CLEARED;
      default -> State.INFORMATIONAL;
    };
  }
}
