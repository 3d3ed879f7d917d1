package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What carried an event.
 *
 * @param sentAt the best time that any envelope names; absent where none is plausible
 * @param topic the topic it was published to, as an ARN; may be empty
 * @param subject what the publisher called it; may be empty
 * @param attributes that the publisher gave it, bounded
 */
record Envelope(
    Instant receivedAt,
    @Nullable Instant sentAt,
    String topic,
    String subject,
    Map<String, String> attributes) {

  private static final int MAX_ATTRIBUTES = 20;

  static Envelope of(Arrival arrival) {
    Instant sent = arrival.sentAt();
    return new Envelope(
        arrival.receivedAt(),
        sent != null && Times.isPlausible(sent, arrival.receivedAt()) ? sent : null,
        "",
        "",
        bounded(arrival.attributes()));
  }

  /** The envelope of a notification inside this one. */
  Envelope notification(JsonNode sns) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    sns.path("MessageAttributes")
        .properties()
        .forEach(field -> all.put(field.getKey(), Json.first(field.getValue(), "Value", "value")));
    Instant sent = Times.read(sns.path("Timestamp"), receivedAt).orElse(sentAt);
    return new Envelope(
        receivedAt, sent, Json.text(sns, "TopicArn"), Json.text(sns, "Subject"), bounded(all));
  }

  /** The envelope of a queue's message inside this one. */
  Envelope message(JsonNode sqs) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    sqs.path("messageAttributes")
        .properties()
        .forEach(
            field -> all.put(field.getKey(), Json.first(field.getValue(), "stringValue", "Value")));
    Instant sent =
        Times.read(Json.at(sqs, "attributes", "SentTimestamp"), receivedAt).orElse(sentAt);
    return new Envelope(receivedAt, sent, topic, subject, bounded(all));
  }

  private static Map<String, String> bounded(Map<String, String> all) {
    Map<String, String> some = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (some.size() < MAX_ATTRIBUTES) {
            some.put(Clean.line(name), Clean.line(value));
          }
        });
    return some;
  }
}
