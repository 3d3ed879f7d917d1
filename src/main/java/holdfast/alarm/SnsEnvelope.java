package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;

/** How a topic wraps what it delivers. */
final class SnsEnvelope {

  private SnsEnvelope() {}

  static boolean isNotification(JsonNode node) {
    return Json.text(node, "Type").equals("Notification")
        && node.path("TopicArn").isTextual()
        && node.path("Message").isTextual();
  }

  static boolean isHandshake(JsonNode node) {
    String type = Json.text(node, "Type");
    return node.path("TopicArn").isTextual()
        && (type.equals("SubscriptionConfirmation") || type.equals("UnsubscribeConfirmation"));
  }
}
