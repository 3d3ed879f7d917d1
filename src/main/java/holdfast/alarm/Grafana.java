package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.List;

/** Alerts of Grafana: of today's kind, and of the kind before version 8. */
final class Grafana implements Format {

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    boolean unified =
        body.path("alerts").isArray() && (body.has("orgId") || body.has("appVersion"));
    return unified || isLegacy(body);
  }

  private static boolean isLegacy(JsonNode body) {
    return body.path("state").isTextual() && body.has("ruleName") && body.has("ruleId");
  }

  @Override
  public List<Draft> drafts(Event event) {
    if (isLegacy(event.body())) {
      return List.of(legacy(event.body()));
    }
    List<Draft> drafts = Alertmanager.drafts("grafana", event.body());
    drafts.forEach(Grafana::tests);
    return drafts;
  }

  /** The button that tries a contact point sends an alert; no data is no word about trouble. */
  private static void tests(Draft draft) {
    if (draft.name.equals("TestAlert") && draft.resource.equals("Grafana")) {
      draft.state(State.INFORMATIONAL).fact("test", "true");
    } else if (draft.name.equals("DatasourceNoData") && draft.state == State.FIRING) {
      draft.state(State.INSUFFICIENT_DATA);
    }
  }

  private static Draft legacy(JsonNode body) {
    String rule = Json.text(body, "ruleName");
    Draft draft =
        new Draft("grafana")
            .event(body)
            .name(rule)
            .state(state(Json.text(body, "state")))
            .about(Json.first(body.path("tags"), "instance", "host", "service"), "", "")
            .title(rule)
            .text(Json.text(body, "message"))
            .fact("severity", Json.text(body, "tags", "severity"))
            .link(Json.text(body, "ruleUrl"))
            .identity(Json.text(body, "orgId"), Json.text(body, "ruleId"), rule);
    body.path("tags")
        .properties()
        .forEach(one -> draft.fact(one.getKey(), Json.text(one.getValue())));
    return draft;
  }

  private static State state(String state) {
    return switch (state) {
      case "alerting" -> State.FIRING;
      case "ok" -> State.CLEARED;
      case "no_data" -> State.INSUFFICIENT_DATA;
      default -> State.INFORMATIONAL;
    };
  }
}
