package holdfast.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import holdfast.plan.SecretMissingException;
import holdfast.plan.Secrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Slack says when somebody presses a button. Only what Slack has signed within the last
 * five minutes is read at all.
 */
public final class SlackPresses {

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAYLOAD = "payload=";
  private static final int NAME_MAX = 80;

  private final Plans plans;
  private final Secrets secrets;
  private final InstantSource clock;

  public SlackPresses(Plans plans, Secrets secrets, InstantSource clock) {
    this.plans = plans;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * Somebody says that they are on it.
   *
   * @param user of Slack's: the id, and the name where it says one
   */
  public record Press(String incident, String user) {}

  /**
   * Whether Slack has signed the request for this channel of ours; compares in constant time.
   *
   * @param timestamp seconds, from {@code X-Slack-Request-Timestamp}
   * @param signature from {@code X-Slack-Signature}
   * @param body as it came, byte for byte
   */
  public boolean signed(
      String channel, @Nullable String timestamp, @Nullable String signature, byte[] body) {
    Optional<String> secret = secret(channel);
    if (secret.isEmpty() || timestamp == null || signature == null || !recent(timestamp)) {
      return false;
    }
    byte[] wanted = signature(secret.get(), timestamp, body).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(wanted, signature.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it is worth to read the body: without one of these it cannot be signed. */
  public boolean claims(String channel, @Nullable String timestamp, @Nullable String signature) {
    return timestamp != null
        && signature != null
        && signature.matches("v0=[0-9a-f]{64}")
        && recent(timestamp)
        && secret(channel).isPresent();
  }

  /** The press of our button; empty for whatever else Slack tells us. Never throws. */
  public Optional<Press> read(byte[] body) {
    String form = new String(body, StandardCharsets.UTF_8);
    if (!form.startsWith(PAYLOAD)) {
      return Optional.empty();
    }
    try {
      String json =
          URLDecoder.decode(
              form.substring(PAYLOAD.length()).split("&", 2)[0], StandardCharsets.UTF_8);
      return press(JSON.readTree(json));
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Press> press(@Nullable JsonNode payload) {
    if (payload == null || !payload.path("type").asText().equals("block_actions")) {
      return Optional.empty();
    }
    String user = payload.path("user").path("id").asText();
    for (JsonNode action : payload.path("actions")) {
      String incident = action.path("value").asText();
      if (action.path("action_id").asText().equals(Payloads.ACKNOWLEDGE)
          && !incident.isEmpty()
          && incident.length() <= NAME_MAX
          && user.matches("[A-Z0-9]{2,20}")) {
        String name = Encoding.line(payload.path("user").path("username").asText(), NAME_MAX);
        return Optional.of(new Press(incident, name.isEmpty() ? user : user + " " + name));
      }
    }
    return Optional.empty();
  }

  private Optional<String> secret(String channel) {
    ChannelSpec known = plans.installation().channels().get(channel);
    if (!(known instanceof ChannelSpec.SlackApp app) || app.signingSecret() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(secrets.read(app.signingSecret()).reveal().strip());
    } catch (SecretMissingException missing) {
      return Optional.empty();
    }
  }

  private boolean recent(String timestamp) {
    if (!timestamp.matches("[0-9]{1,11}")) {
      return false;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(at, clock.instant()).abs().compareTo(WINDOW) <= 0;
  }

  private static String signature(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
