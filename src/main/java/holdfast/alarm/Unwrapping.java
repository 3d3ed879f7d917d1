package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes events out of what carried them: notifications, queue messages, and lists of either. */
final class Unwrapping {

  static final int MAX_EVENTS = 1000;
  private static final int MAX_DEPTH = 4;

  private final List<Event> events = new ArrayList<>();
  private int further;
  private @Nullable String trouble;

  /** Takes apart what is inside this envelope. */
  static Unwrapping of(String body, Envelope envelope) throws Unreadable {
    Unwrapping all = new Unwrapping();
    if (Json.isLikely(body)) {
      all.take(Json.read(body), envelope, 0);
    } else {
      all.leaf(new Event(MissingNode.getInstance(), body, envelope));
    }
    return all;
  }

  /** The events, in the order of the delivery. */
  List<Event> events() {
    return events;
  }

  /** How many events were beyond the limit. */
  int further() {
    return further;
  }

  /** What was in the way of an event, as one sentence. */
  @Nullable String trouble() {
    return trouble;
  }

  private void take(JsonNode node, Envelope envelope, int depth) {
    if (depth > MAX_DEPTH) {
      trouble = "The event is wrapped in more than %d envelopes.".formatted(MAX_DEPTH);
    } else if (node.isArray()) {
      node.forEach(item -> take(item, envelope, depth + 1));
    } else if (SnsEnvelope.isNotification(node)) {
      inside(Json.text(node, "Message"), envelope.notification(node), depth);
    } else if (isBatch(node.path("Records"))) {
      node.path("Records").forEach(item -> record(item, envelope, depth));
    } else {
      leaf(new Event(node, "", envelope));
    }
  }

  private static boolean isBatch(JsonNode records) {
    JsonNode first = records.path(0);
    return first.has("Sns") || first.has("body") || first.has("eventSource");
  }

  private void record(JsonNode item, Envelope envelope, int depth) {
    if (item.path("Sns").isObject()) {
      take(item.path("Sns"), envelope, depth + 1);
    } else if (item.path("body").isTextual()) {
      inside(Json.text(item, "body"), envelope.message(item), depth);
    } else {
      leaf(new Event(item, "", envelope));
    }
  }

  private void inside(String text, Envelope envelope, int depth) {
    JsonNode node = Json.inside(text);
    if (node.isMissingNode()) {
      leaf(new Event(node, text, envelope));
    } else {
      take(node, envelope, depth + 1);
    }
  }

  private void leaf(Event event) {
    if (events.size() < MAX_EVENTS) {
      events.add(event);
    } else {
      further++;
    }
  }
}
