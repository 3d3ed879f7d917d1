package holdfast.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holdfast.alarm.TurnedAway.Why;
import holdfast.plan.SenderSpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a topic posts. Only what the signature covers goes on; no address in the message is
 * ever asked, neither to fetch a certificate from nor to confirm a subscription at.
 */
final class Topics {

  private static final String NOTIFICATION = "Notification";
  private static final String SUBSCRIBED = "SubscriptionConfirmation";
  private static final String UNSUBSCRIBED = "UnsubscribeConfirmation";

  /** What is signed, in this order; a notification need not have a subject. */
  private static final Map<String, List<String>> SIGNED =
      Map.of(
          NOTIFICATION,
          List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
          SUBSCRIBED,
          List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
          UNSUBSCRIBED,
          List.of(
              "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"));

  private static final Map<String, String> ALGORITHMS =
      Map.of("1", "SHA1withRSA", "2", "SHA256withRSA");

  private static final Set<String> UNKEPT = Set.of("Token", "SubscribeURL");

  private static final Duration WINDOW = Duration.ofHours(1);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final SigningKeys keys;
  private final InstantSource clock;

  Topics(SigningKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The message, if it is one of the sender's topics, fresh, and signed.
   *
   * @throws TurnedAway otherwise
   */
  TopicMessage read(SenderSpec.Topic sender, String text) {
    JsonNode message = parsed(text);
    String topic = field(message, "TopicArn");
    if (!sender.topicArns().contains(topic)) {
      throw forged("The plan lists no such topic for this sender.");
    }
    List<String> signed = SIGNED.get(field(message, "Type"));
    if (signed == null) {
      throw forged("The message is of no type that topics send.");
    }
    Instant sentAt = fresh(field(message, "Timestamp"));
    CertificateAddress address =
        CertificateAddress.of(field(message, "SigningCertURL"), topic)
            .orElseThrow(
                () -> forged("The message names a certificate that is not of its topic's region."));
    verify(message, canonical(message, signed), keys.of(address));
    return message(sender.name(), topic, sentAt, message, signed);
  }

  private static JsonNode parsed(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      if (message.isObject()) {
        return message;
      }
    } catch (JsonProcessingException unreadable) {
      // told below: what a parser says of it helps nobody at the other end
    }
    throw new TurnedAway(Why.MALFORMED, "The event is not a topic's message in JSON.");
  }

  private Instant fresh(String timestamp) {
    try {
      Instant sentAt = Instant.parse(timestamp);
      if (Duration.between(sentAt, clock.instant()).abs().compareTo(WINDOW) <= 0) {
        return sentAt;
      }
    } catch (DateTimeParseException | ArithmeticException unreadable) {
      // no time is as bad as an old one
    }
    throw forged("The message is more than an hour old, or of a time to come.");
  }

  private static String canonical(JsonNode message, List<String> signed) {
    StringBuilder text = new StringBuilder();
    for (String name : signed) {
      if (!name.equals("Subject") || message.hasNonNull(name)) {
        text.append(name).append('\n').append(field(message, name)).append('\n');
      }
    }
    return text.toString();
  }

  private static void verify(JsonNode message, String canonical, PublicKey key) {
    String algorithm = ALGORITHMS.get(field(message, "SignatureVersion"));
    try {
      if (algorithm != null) {
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(key);
        signature.update(canonical.getBytes(StandardCharsets.UTF_8));
        if (signature.verify(Base64.getDecoder().decode(field(message, "Signature")))) {
          return;
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
      // as bad as a wrong one
    }
    throw forged("The signature does not fit the message.");
  }

  private static TopicMessage message(
      String sender, String topic, Instant sentAt, JsonNode message, List<String> signed) {
    String type = field(message, "Type");
    if (type.equals(SUBSCRIBED)) {
      return new TopicMessage(sender, topic, field(message, "Token"), null);
    }
    String id = field(message, "MessageId");
    String kept = kept(message, signed).toString();
    return new TopicMessage(
        sender, topic, null, new Inbound(sender, Inbound.AUTO, id, sentAt, Map.of(), kept));
  }

  /** Without what only serves to subscribe again; attributes are not signed, but for one. */
  private static ObjectNode kept(JsonNode message, List<String> signed) {
    ObjectNode kept = JSON.createObjectNode();
    signed.stream()
        .filter(name -> message.hasNonNull(name) && !UNKEPT.contains(name))
        .forEach(name -> kept.put(name, field(message, name)));
    JsonNode own = message.path("MessageAttributes").path(OwnMessage.MARK).path("Value");
    if (own.isTextual()) {
      kept.putObject("MessageAttributes").putObject(OwnMessage.MARK).set("Value", own);
    }
    return kept;
  }

  private static String field(JsonNode message, String name) {
    @Nullable JsonNode value = message.get(name);
    if (value == null || !value.isTextual()) {
      throw forged("The message lacks %s.".formatted(name));
    }
    return value.textValue();
  }

  private static TurnedAway forged(String sentence) {
    return new TurnedAway(Why.FORGED, sentence);
  }
}
