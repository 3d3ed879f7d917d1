package holdfast.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import holdfast.harness.Answers.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * How Slack's API, PagerDuty, Teams, a status page and a program of ours answer a request: what
 * they would refuse is refused, by their documented rules.
 */
final class HookAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CARD_MAX = 28 * 1024;

  private HookAnswers() {}

  /** chat.postMessage: always 200, and what it thinks in the body. */
  static Answer postMessage(Headers headers, String body, int number) throws IOException {
    JsonNode message = JSON.readTree(body);
    String error = "";
    if (!String.valueOf(headers.getFirst("Authorization")).equals("Bearer xoxb-test")) {
      error = "invalid_auth";
    } else if (message.path("channel").asText().isEmpty()) {
      error = "channel_not_found";
    } else if (message.path("text").asText().isEmpty()) {
      error = "no_text";
    } else if (message.toString().contains("<!") || !fit(message.path("blocks"))) {
      error = "invalid_blocks";
    }
    if (!error.isEmpty()) {
      return Answer.refused(200, "{\"ok\":false,\"error\":\"%s\"}".formatted(error));
    }
    String time = "1763000000.%06d".formatted(number);
    return new Answer(
        200,
        "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"%s\"}".formatted(time),
        "slack-app",
        Map.of(
            "channel", message.path("channel").asText(),
            "thread_ts", message.path("thread_ts").asText(),
            "ts", time,
            "text", message.path("text").asText(),
            "blocks", message.path("blocks").toString()));
  }

  /** Fifty blocks at most; a heading of 150 characters, texts of 3,000, ten fields of 2,000. */
  private static boolean fit(JsonNode blocks) {
    if (!blocks.isArray() || blocks.size() > 50) {
      return false;
    }
    for (JsonNode block : blocks) {
      String text = block.path("text").path("text").asText();
      int most = block.path("type").asText().equals("header") ? 150 : 3000;
      boolean missing = block.has("text") && text.isEmpty();
      boolean badFields =
          block.has("fields")
              && (block.get("fields").isEmpty()
                  || block.get("fields").size() > 10
                  || block.get("fields").findValuesAsText("text").stream()
                      .anyMatch(field -> field.isEmpty() || field.length() > 2000));
      if (missing || badFields || text.length() > most) {
        return false;
      }
    }
    return true;
  }

  /** Events API v2. */
  static Answer enqueue(String body) throws IOException {
    JsonNode event = JSON.readTree(body);
    String action = event.path("event_action").asText();
    JsonNode payload = event.path("payload");
    boolean good =
        event.path("routing_key").asText().length() == 32
            && List.of("trigger", "acknowledge", "resolve").contains(action)
            && !event.path("dedup_key").asText().isEmpty()
            && event.path("dedup_key").asText().length() <= 255;
    boolean alert =
        !action.equals("trigger")
            || (!payload.path("summary").asText().isEmpty()
                && payload.path("summary").asText().length() <= 1024
                && !payload.path("source").asText().isEmpty()
                && List.of("critical", "error", "warning", "info")
                    .contains(payload.path("severity").asText()));
    if (!good || !alert) {
      return Answer.refused(
          400, "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\"}");
    }
    String key = event.path("dedup_key").asText();
    return new Answer(
        202,
        "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"%s\"}"
            .formatted(key),
        "pagerduty",
        Map.of(
            "action",
            action,
            "dedup_key",
            key,
            "severity",
            payload.path("severity").asText(),
            "summary",
            payload.path("summary").asText()));
  }

  /** A workflow that posts cards. */
  static Answer card(String body) throws IOException {
    JsonNode message = JSON.readTree(body);
    JsonNode attachment = message.path("attachments").path(0);
    JsonNode card = attachment.path("content");
    boolean good =
        message.path("type").asText().equals("message")
            && attachment
                .path("contentType")
                .asText()
                .equals("application/vnd.microsoft.card.adaptive")
            && card.path("type").asText().equals("AdaptiveCard")
            && !card.path("version").asText().isEmpty()
            && card.path("body").size() > 0
            && body.length() <= CARD_MAX;
    return good
        ? new Answer(202, "", "teams", Map.of("card", card.toString()))
        : Answer.refused(400, "{\"error\":{\"code\":\"InvalidCard\"}}");
  }

  /** Any program: keeps what is needed to check the signature. */
  static Answer hook(Headers headers, String body) {
    return new Answer(
        204,
        "",
        "webhook",
        Map.of(
            "body", body,
            "signature", String.valueOf(headers.getFirst("X-Holdfast-Signature")),
            "timestamp", String.valueOf(headers.getFirst("X-Holdfast-Timestamp")),
            "delivery", String.valueOf(headers.getFirst("X-Holdfast-Delivery"))));
  }

  /** Statuspage's incidents: made with POST, changed with PATCH. */
  static Answer statusPage(String method, String path, Headers headers, String body, int number)
      throws IOException {
    if (!"OAuth page-token".equals(headers.getFirst("Authorization"))) {
      return Answer.refused(401, "{\"error\":\"Could not authenticate\"}");
    }
    if (method.equals("GET") && path.equals("/v1/pages/page1/incidents")) {
      return new Answer(200, "[]", "status-page-read", Map.of("path", path));
    }
    JsonNode incident = JSON.readTree(body).path("incident");
    boolean makes = method.equals("POST") && path.equals("/v1/pages/page1/incidents");
    boolean changes = method.equals("PATCH") && path.matches("/v1/pages/page1/incidents/inc[0-9]+");
    boolean status =
        List.of("investigating", "identified", "monitoring", "resolved")
            .contains(incident.path("status").asText());
    if (!(makes && !incident.path("name").asText().isEmpty() || changes) || !status) {
      return Answer.refused(422, "{\"error\":[\"Name can't be blank\"]}");
    }
    String id = makes ? "inc" + number : path.substring(path.lastIndexOf('/') + 1);
    return new Answer(
        makes ? 201 : 200,
        "{\"id\":\"%s\"}".formatted(id),
        "status-page",
        Map.of(
            "id", id,
            "method", method,
            "name", incident.path("name").asText(),
            "status", incident.path("status").asText(),
            "body", incident.path("body").asText()));
  }
}
