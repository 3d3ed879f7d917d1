package holdfast.notify;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackPressesTest {

  /** Slack's own example of a signed request. */
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  private static final String TIME = "1531420618";
  private static final byte[] EXAMPLE =
      ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
              + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
              + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
              + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
              + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
          .getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

  private final SettableClock clock =
      new SettableClock(Instant.ofEpochSecond(Long.parseLong(TIME)));
  private final SlackPresses presses = new SlackPresses(plans(), secrets(), clock);

  @Test
  void only_what_slack_signed_within_five_minutes_is_read() {
    assertThat(presses.signed("chat", TIME, SIGNATURE, EXAMPLE)).isTrue();
    byte[] changed = EXAMPLE.clone();
    changed[10] ^= 1;
    assertThat(presses.signed("chat", TIME, SIGNATURE, changed)).isFalse();
    assertThat(presses.signed("chat", "1531420619", SIGNATURE, EXAMPLE)).isFalse();
    assertThat(presses.signed("chat", TIME, null, EXAMPLE)).isFalse();
    assertThat(presses.signed("chat", null, SIGNATURE, EXAMPLE)).isFalse();
    assertThat(presses.signed("chat", "soon", SIGNATURE, EXAMPLE)).isFalse();
    assertThat(presses.signed("plain", TIME, SIGNATURE, EXAMPLE)).isFalse();
    assertThat(presses.signed("nobody", TIME, SIGNATURE, EXAMPLE)).isFalse();
    clock.move(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(presses.signed("chat", TIME, SIGNATURE, EXAMPLE)).isFalse();
    clock.move(Duration.ofMinutes(-11));
    assertThat(presses.signed("chat", TIME, SIGNATURE, EXAMPLE)).isFalse();
  }

  @Test
  void a_press_of_our_button_names_the_incident_and_who_pressed() {
    assertThat(
            presses.read(
                form(
                    """
                    {"type": "block_actions", "user": {"id": "U2CERLKJA", "username": "road\\nrunner"},
                     "actions": [{"action_id": "other", "value": "x"},
                                 {"action_id": "holdfast-acknowledge", "value": "I-7"}]}""")))
        .contains(new SlackPresses.Press("I-7", "U2CERLKJA road runner"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"view_submission\",\"user\":{\"id\":\"U1\"}}",
        "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[]}",
        "{\"type\":\"block_actions\",\"user\":{\"id\":\"<!here>\"},\"actions\":[{\"action_id\":\"holdfast-acknowledge\",\"value\":\"I-7\"}]}",
        "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":{\"action_id\":7}}",
        "[]",
        "{",
        "",
        "null"
      })
  void whatever_else_slack_tells_is_left_alone(String json) {
    assertThat(presses.read(form(json))).isEmpty();
    assertThat(presses.read(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(presses.read("payload=%zz".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static byte[] form(String json) {
    return ("payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Secrets secrets() {
    return new Secrets(
        List.of(
            new SecretSource() {
              @Override
              public SecretRef.Kind kind() {
                return SecretRef.Kind.ENV;
              }

              @Override
              public Secret read(SecretRef ref) {
                return new Secret(SECRET);
              }
            }));
  }

  private static Plans plans() {
    Origin origin = new Origin(Path.of("application.yml"), 1);
    SecretRef ref = new SecretRef(SecretRef.Kind.ENV, "SLACK");
    ChannelSpec.Reach all = new ChannelSpec.Reach(Set.of(Severity.values()), null);
    Plans sample = SamplePlan.plans();
    Installation some = sample.installation();
    Map<String, ChannelSpec> channels =
        Map.of(
            "chat", new ChannelSpec.SlackApp("chat", ref, "C1", ref, null, all, origin),
            "plain", new ChannelSpec.Slack("plain", ref, all, origin));
    return new Plans(
        sample.home(),
        new Installation(
            some.stores(),
            some.connections(),
            some.keys(),
            channels,
            some.senders(),
            some.journal(),
            some.scratch(),
            some.alarmRules(),
            some.address(),
            some.escalation()),
        sample.systems());
  }
}
