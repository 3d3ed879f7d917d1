package holdfast.web;

import holdfast.notify.SlackPresses;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Installation;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.plan.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Slack's side of a button: it signs what it says with the secret it shares with us. */
final class SlackSide {

  private static final String SECRET = "shared-with-slack";

  private SlackSide() {}

  /** What hears the channel {@code chat}. */
  static SlackPresses presses(Plans plans, InstantSource clock) {
    SecretRef ref = new SecretRef(SecretRef.Kind.ENV, "SLACK");
    ChannelSpec.SlackApp chat =
        new ChannelSpec.SlackApp(
            "chat",
            ref,
            "C1",
            ref,
            null,
            new ChannelSpec.Reach(Set.of(Severity.values()), null),
            new Origin(Path.of("application.yml"), 1));
    Installation all = plans.installation();
    Installation chatting =
        new Installation(
            all.stores(),
            all.connections(),
            all.keys(),
            Map.of("chat", chat),
            all.senders(),
            all.journal(),
            all.scratch(),
            all.alarmRules(),
            all.address(),
            all.escalation());
    return new SlackPresses(
        new Plans(plans.home(), chatting, plans.systems()), new Secrets(List.of(shared())), clock);
  }

  private static SecretSource shared() {
    return new SecretSource() {
      @Override
      public SecretRef.Kind kind() {
        return SecretRef.Kind.ENV;
      }

      @Override
      public Secret read(SecretRef ref) {
        return new Secret(SECRET);
      }
    };
  }

  /** The body that tells of a press by U1. */
  static String press(String incident) {
    String json =
        """
        {"type": "block_actions", "user": {"id": "U1", "username": "anna"},
         "actions": [{"action_id": "holdfast-acknowledge", "value": "%s"}]}"""
            .formatted(incident);
    return "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  static String signature(String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8);
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
