package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.ArrayList;
import java.util.List;

/** What happened to incidents of PagerDuty: webhooks of version 3, and of version 2. */
final class PagerDuty implements Format {

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return isThird(body) || isSecond(body.path("messages").path(0));
  }

  private static boolean isThird(JsonNode body) {
    return Json.at(body, "event", "event_type").isTextual() && body.at("/event/data").isObject();
  }

  private static boolean isSecond(JsonNode message) {
    return message.path("incident").isObject()
        && Json.text(message, "event").startsWith("incident.");
  }

  @Override
  public List<Draft> drafts(Event event) {
    JsonNode body = event.body();
    if (isThird(body)) {
      JsonNode said = body.path("event");
      return List.of(
          draft(said, said.path("data"), Json.text(said, "event_type"))
              .time(said.path("occurred_at")));
    }
    List<Draft> drafts = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      drafts.add(
          draft(message, message.path("incident"), Json.text(message, "event"))
              .time(message.path("created_on"))
              .time(message.at("/log_entries/0/created_at"))
              .time(message.at("/incident/created_at")));
    }
    return drafts;
  }

  private static Draft draft(JsonNode said, JsonNode incident, String happened) {
    String service = Json.first(incident.path("service"), "summary", "name");
    String title = Json.first(incident, "title", "description", "summary");
    return new Draft("pagerduty")
        .event(said)
        .name(title.isEmpty() ? happened : title)
        .state(state(happened))
        .about(service, "", "")
        .title("PagerDuty %s: %s".formatted(service, title.isEmpty() ? happened : title))
        .fact("event", happened)
        .fact("service", service)
        .fact("status", Json.text(incident, "status"))
        .fact("urgency", Json.text(incident, "urgency"))
        .fact("priority", Json.first(incident.path("priority"), "summary", "name"))
        .fact("number", Json.first(incident, "number", "incident_number"))
        .link(Json.text(incident, "html_url"))
        .identity(Json.text(incident, "id"));
  }

  private static State state(String happened) {
    return switch (happened) {
      case "incident.triggered", "incident.reopened", "incident.trigger" -> State.FIRING;
      case "incident.resolved", "incident.resolve" -> State.CLEARED;
      default -> State.INFORMATIONAL;
    };
  }
}
