package holdfast.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holdfast.harness.Holdfast;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** What the demo shows: one backup, its proof, and the messages that told of both. */
final class Story {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ObjectNode summary;

  private Story(ObjectNode summary) {
    this.summary = summary;
  }

  /** Plays it once, and waits until every message is delivered. */
  static Story play(Holdfast holdfast, World world) throws IOException, InterruptedException {
    String run = holdfast.command("backup", "roleferry/database", "--json").path("id").asText();
    JsonNode point =
        holdfast.await(
            "/api/v1/points/" + run, proven -> proven.path("proof").isObject(), PATIENCE);
    Predicate<JsonNode> told =
        messages -> messages.size() >= 2 * world.channels() && delivered(messages);
    JsonNode messages = holdfast.await("/api/v1/messages", told, PATIENCE);
    ObjectNode summary = JSON.createObjectNode();
    summary.put("verdict", point.path("proof").path("verdict").asText().replace('_', '-'));
    summary.put("point", run);
    summary.put("restore_s", point.path("proof").path("restoreSeconds").asDouble());
    objects(summary.putArray("objects"), point, world);
    messages(summary.putArray("messages"), messages);
    return new Story(summary);
  }

  private static boolean delivered(JsonNode messages) {
    for (JsonNode message : messages) {
      if (!message.path("state").asText().equals("DELIVERED")) {
        return false;
      }
    }
    return true;
  }

  private static void objects(ArrayNode objects, JsonNode point, World world) {
    for (JsonNode copy : point.path("copies")) {
      objects
          .addObject()
          .put("store", copy.path("store").asText())
          .put("key", world.prefix() + "/" + copy.path("key").asText())
          .put("bytes", point.path("sealedBytes").asLong())
          .put("sha256", point.path("sealedSha256").asText());
    }
  }

  private static void messages(ArrayNode list, JsonNode messages) {
    for (JsonNode message : messages) {
      if (!message.path("channel").asText().startsWith("holdfast-")) {
        list.addObject()
            .put("channel", message.path("channel").asText())
            .put("status", message.path("state").asText().toLowerCase(java.util.Locale.ROOT));
      }
    }
  }

  boolean passed() {
    return summary.path("verdict").asText().equals("PASS");
  }

  String json() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary) + "\n";
  }

  String words() {
    return "%s: point %s was restored and queried in %.1f s; %d messages delivered."
        .formatted(
            summary.path("verdict").asText(),
            summary.path("point").asText(),
            summary.path("restore_s").asDouble(),
            summary.path("messages").size());
  }
}
