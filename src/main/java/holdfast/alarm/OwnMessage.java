package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Holdfast itself has sent and what came back. Only the marks that we set ourselves count, in
 * the places where we set them; a word in some stranger's text silences nothing.
 */
final class OwnMessage implements Format {

  static final String KIND = "holdfast";
  static final String MARK = "holdfast-origin";

  private final Set<String> sources = new HashSet<>(Set.of("holdfast"));

  OwnMessage(Plans plans) {
    plans.installation().channels().values().stream()
        .filter(ChannelSpec.EventBridge.class::isInstance)
        .map(channel -> ((ChannelSpec.EventBridge) channel).source())
        .filter(source -> !source.startsWith("aws."))
        .forEach(sources::add);
  }

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return isMarked(body)
        || isMarked(body.path("detail"))
        || isMarked(body.path("commonLabels"))
        || isMarked(body.path("commonAnnotations"))
        || isMarked(body.path("tags"))
        || (body.has("detail-type") && sources.contains(Json.text(body, "source")))
        || isOurs(Json.text(body, "resource"))
        || resources(body.path("resources"))
        || isOurs(Json.text(body, "event", "data", "incident_key"))
        || messages(body.path("messages"));
  }

  /**
   * Whether the attribute that our notices bear is on it. Nobody signs attributes, so it counts
   * only where no known format has anything to say.
   */
  static boolean bearsMark(Event event) {
    return event.envelope().attributes().containsKey(MARK);
  }

  private static boolean messages(JsonNode messages) {
    for (JsonNode message : messages) {
      if (isOurs(Json.text(message, "incident", "incident_key"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMarked(JsonNode node) {
    return node.isObject() && node.has(MARK);
  }

  private static boolean isOurs(String resource) {
    return resource.startsWith(KIND + ":");
  }

  private static boolean resources(JsonNode resources) {
    for (JsonNode resource : resources) {
      if (isOurs(resource.asText())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Draft> drafts(Event event) {
    return cameBack(event);
  }

  static List<Draft> cameBack(Event event) {
    JsonNode body = event.body();
    String mark = Json.text(body, MARK);
    String first = Json.text(body.path("resources").path(0));
    String resource = first.isEmpty() ? Json.text(body, "resource") : first;
    return List.of(
        new Draft(KIND)
            .event(body)
            .name(mark.isEmpty() ? Json.text(body, "detail-type") : mark)
            .state(State.INFORMATIONAL)
            .about(resource, Json.text(body, "account"), Json.text(body, "region"))
            .title("A message of Holdfast's own came back")
            .text(event.text())
            .time(body.path("time"))
            .identity(mark, resource));
  }
}
