package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Alerts of Prometheus's Alertmanager, each of a group for itself. */
final class Alertmanager implements Format {

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return body.path("alerts").isArray()
        && body.has("groupKey")
        && Json.text(body, "version").equals("4");
  }

  @Override
  public List<Draft> drafts(Event event) {
    return drafts("alertmanager", event.body());
  }

  /** The alerts of a group, which Grafana writes alike. */
  static List<Draft> drafts(String kind, JsonNode body) {
    List<Draft> drafts = new ArrayList<>();
    for (JsonNode alert : body.path("alerts")) {
      if (drafts.size() < Unwrapping.MAX_EVENTS) {
        drafts.add(draft(kind, body, alert));
      }
    }
    long left = body.path("truncatedAlerts").asLong(0) + body.path("alerts").size() - drafts.size();
    if (!drafts.isEmpty() && left > 0) {
      drafts.get(0).fact("alerts left out", Long.toString(left));
    }
    return drafts;
  }

  private static Draft draft(String kind, JsonNode body, JsonNode alert) {
    JsonNode labels = alert.path("labels");
    JsonNode notes = alert.path("annotations");
    String name = Json.text(labels, "alertname");
    String summary = Json.first(notes, "summary", "title", "message");
    boolean over = Json.text(alert, "status").equals("resolved");
    Draft draft =
        new Draft(kind)
            .event(alert)
            .name(name)
            .state(over ? State.CLEARED : State.FIRING)
            .about(
                Json.first(labels, "instance", "host", "node", "pod", "service", "job"),
                Json.first(labels, "account", "account_id"),
                Json.text(labels, "region"))
            .title(summary.isEmpty() ? name : summary)
            .text(Json.first(notes, "description", "message"))
            .fact("severity", severity(body, labels, notes))
            .link(Json.first(alert, "generatorURL"))
            .identity(identity(alert));
    labels.properties().forEach(one -> draft.fact(one.getKey(), Json.text(one.getValue())));
    return over ? draft.time(alert.path("endsAt")) : draft.time(alert.path("startsAt"));
  }

  private static String severity(JsonNode body, JsonNode labels, JsonNode notes) {
    String own = Json.first(labels, "severity", "priority", "level");
    if (!own.isEmpty()) {
      return own;
    }
    String noted = Json.text(notes, "severity");
    return noted.isEmpty() ? Json.text(body, "commonLabels", "severity") : noted;
  }

  /** The sender's own fingerprint, or else all labels. */
  private static String[] identity(JsonNode alert) {
    String own = Json.text(alert, "fingerprint");
    if (!own.isEmpty()) {
      return new String[] {own};
    }
    Map<String, String> labels = new TreeMap<>();
    alert
        .path("labels")
        .properties()
        .forEach(one -> labels.put(one.getKey(), Json.text(one.getValue())));
    List<String> parts = new ArrayList<>();
    labels.forEach((label, value) -> parts.addAll(List.of(label, value)));
    return parts.toArray(String[]::new);
  }
}
