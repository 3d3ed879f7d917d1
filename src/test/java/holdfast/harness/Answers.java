package holdfast.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How Slack, SNS and EventBridge answer a request, and which of its parameters are kept. */
final class Answers {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One answer; {@code kept} is empty when the request was refused. */
  record Answer(int status, String body, String service, Map<String, String> kept) {

    static Answer refused(int status, String body) {
      return new Answer(status, body, "", Map.of());
    }
  }

  private Answers() {}

  static Answer slack(String body) throws IOException {
    JsonNode message = JSON.readTree(body);
    if (message.path("text").asText().isBlank()) {
      return Answer.refused(400, "no_text");
    }
    return new Answer(200, "ok", "slack", Map.of("text", message.get("text").asText()));
  }

  /** SNS Publish in the query protocol. */
  static Answer publish(String body, int number) {
    Map<String, String> form = form(body);
    boolean good =
        "Publish".equals(form.get("Action"))
            && (form.getOrDefault("TopicArn", "").startsWith("arn:aws:sns:")
                || form.getOrDefault("PhoneNumber", "").matches("\\+[1-9][0-9]{6,14}"))
            && !form.getOrDefault("Message", "").isEmpty()
            && form.getOrDefault("Subject", "").matches("[\\x20-\\x7e]{0,100}");
    if (!good) {
      return Answer.refused(
          400,
          "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code>"
              + "<Message>Invalid parameter</Message></Error></ErrorResponse>");
    }
    String receipt =
        "<PublishResponse><PublishResult><MessageId>sns-%d</MessageId></PublishResult></PublishResponse>";
    return new Answer(
        200, receipt.formatted(number), form.containsKey("PhoneNumber") ? "sms" : "sns", form);
  }

  /** EventBridge PutEvents, of one entry. */
  static Answer putEvents(String body, int number, boolean refuseEntry) throws IOException {
    JsonNode entry = JSON.readTree(body).path("Entries").path(0);
    for (String field : List.of("Source", "DetailType", "Detail", "EventBusName")) {
      if (entry.path(field).asText().isEmpty()) {
        String error = "{\"__type\":\"ValidationException\",\"message\":\"no %s\"}";
        return Answer.refused(400, error.formatted(field));
      }
    }
    if (refuseEntry) {
      return Answer.refused(
          200,
          "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"ThrottlingException\",\"ErrorMessage\":\"slow down\"}]}");
    }
    Map<String, String> kept = new TreeMap<>();
    entry
        .fields()
        .forEachRemaining(
            field ->
                kept.put(
                    field.getKey(),
                    field.getValue().isTextual()
                        ? field.getValue().asText()
                        : field.getValue().toString()));
    String receipt = "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"event-%d\"}]}";
    return new Answer(200, receipt.formatted(number), "events", kept);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length > 1 ? parts[1] : "";
      form.put(parts[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return form;
  }
}
