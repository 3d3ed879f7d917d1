package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import holdfast.alarm.Counts.Outcome;
import holdfast.alarm.TurnedAway.Why;
import holdfast.plan.SecretMissingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody comes in without a proof, and what is refused is known to somebody. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class GuardTest {

  private final Door door = new Door();

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private TurnedAway refused(Post post) {
    return (TurnedAway)
        assertThatThrownBy(() -> door.guard.webhook(post))
            .asInstanceOf(type(TurnedAway.class))
            .actual();
  }

  @Test
  void a_token_is_shown_as_bearer_or_as_a_password() {
    for (String shown :
        List.of(
            "Bearer " + Door.TOKEN,
            "bearer  " + Door.TOKEN,
            basic("anyone:" + Door.TOKEN),
            basic(":" + Door.TOKEN))) {
      Inbound event =
          door.guard.webhook(Door.post("prometheus", "{}", Map.of("authorization", shown)));
      assertThat(event.sender()).isEqualTo("prometheus");
      assertThat(event.format()).isEqualTo("alertmanager");
      assertThat(event.body()).isEqualTo("{}");
      assertThat(event.attributes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer prometheus-token-012345678",
        "Bearer prometheus-token-01234567890",
        "Bearer PROMETHEUS-TOKEN-0123456789",
        "prometheus-token-0123456789",
        "Token prometheus-token-0123456789",
        "Basic prometheus-token-0123456789",
        "Basic !!!",
        "Basic"
      })
  void no_token_or_a_wrong_one_is_refused_counted_and_kept_aside(String shown) {
    TurnedAway refused =
        refused(Door.post("prometheus", "{\"a\": 1}", Map.of("authorization", shown)));

    assertThat(refused.why()).isEqualTo(Why.UNPROVEN);
    assertThat(refused).hasMessageNotContaining(Door.TOKEN);
    assertThat(door.counts.of("prometheus", Outcome.UNPROVEN)).isEqualTo(1);
    assertThat(door.inbox.quarantined(10))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.body()).isEqualTo("{\"a\": 1}");
              assertThat(kept.reason()).isEqualTo(refused.getMessage());
              assertThat(kept.state()).isEqualTo(Kept.State.QUARANTINED);
            });
  }

  @Test
  void an_empty_secret_lets_nobody_in_and_a_missing_one_is_our_fault() {
    assertThat(refused(Door.post("careless", "{}", Map.of("authorization", "Bearer "))).why())
        .isEqualTo(Why.UNPROVEN);
    assertThat(refused(Door.post("careless", "{}", Map.of())).why()).isEqualTo(Why.UNPROVEN);
    assertThatThrownBy(() -> door.guard.webhook(Door.post("forgetful", "{}", Map.of())))
        .isInstanceOf(SecretMissingException.class);
  }

  @Test
  void at_the_first_knock_only_a_token_is_asked_for() {
    Map<String, String> token = Map.of("authorization", "Bearer " + Door.TOKEN);
    assertThat(door.guard.knock("prometheus", token, 2)).isTrue();
    assertThat(door.guard.knock("pages", Map.of("x-pagerduty-signature", "v1=00"), -1)).isFalse();
    assertThat(door.guard.knock("topic", Map.of(), Post.TOPIC_MAX)).isFalse();
    assertThatThrownBy(() -> door.guard.knock("prometheus", Map.of(), 2))
        .isInstanceOf(TurnedAway.class);
    assertThatThrownBy(() -> door.guard.knock("pages", Map.of(), 2))
        .hasMessageContaining("X-PagerDuty-Signature");
  }

  @Test
  void a_body_that_announces_itself_too_large_is_counted_and_known_to_somebody() {
    assertThatThrownBy(() -> door.guard.knock("topic", Map.of(), Post.TOPIC_MAX + 1L))
        .hasMessageContaining("larger than");
    assertThat(door.counts.of("topic", Outcome.TOO_LARGE)).isEqualTo(1);
    assertThat(door.inbox.quarantined(10)).extracting(Kept::sender).containsExactly("topic");
  }

  @Test
  void what_a_topic_wraps_around_the_largest_message_is_taken_and_kept() {
    String text = "\"".repeat(Post.BODY_MAX);
    TopicMessage message =
        door.guard.topic(
            Door.post("topic", door.signer.notification("m-1", Door.NOW, text), Map.of()));
    String receipt = door.inbox.accept(message.event());
    assertThat(door.inbox.find(receipt).orElseThrow().body().length())
        .isGreaterThan(2 * Post.BODY_MAX);
  }

  @Test
  void strangers_leave_room_for_what_cannot_be_read_of_the_proven() {
    for (int i = 0; i < 200; i++) {
      refused(Door.post("prometheus", "{}", Map.of("authorization", "Bearer wrong")));
    }
    refused(Door.proven("\0"));
    assertThat(door.inbox.quarantined(1))
        .singleElement()
        .extracting(Kept::reason)
        .asString()
        .contains("NUL");
  }

  @Test
  void signatures_fit_the_very_bytes() throws GeneralSecurityException {
    String body = "{\"status\": \"OPEN\", \"name\": \"Größe\"}";
    String atlas = Base64.getEncoder().encodeToString(hmac("HmacSHA1", body));
    String pages = "v1=" + HexFormat.of().formatHex(hmac("HmacSHA256", body));

    assertThat(door.guard.webhook(Door.post("atlas", body, Map.of("x-mms-signature", atlas))))
        .extracting(Inbound::format)
        .isEqualTo("mongodb-atlas");
    for (String header : List.of(pages, "v1=00, " + pages, pages + ",v2=x", "v0=1," + pages)) {
      assertThat(
              door.guard.webhook(Door.post("pages", body, Map.of("x-pagerduty-signature", header))))
          .extracting(Inbound::format)
          .isEqualTo("pagerduty");
    }
    for (String header :
        List.of("", pages + "0", pages.substring(3), "v1=", ",,,,,,,,,,,", atlas)) {
      assertThat(refused(Door.post("pages", body, Map.of("x-pagerduty-signature", header))).why())
          .isEqualTo(Why.FORGED);
    }
    assertThat(refused(Door.post("atlas", body + " ", Map.of("x-mms-signature", atlas))).why())
        .isEqualTo(Why.FORGED);
  }

  private static byte[] hmac(String name, String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(Door.TOKEN.getBytes(StandardCharsets.UTF_8), name));
    return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void what_is_no_text_is_refused_and_kept_with_escapes() {
    byte[][] bodies = {
      {'{', (byte) 0xff, '}'}, {'{', 0, '}'}, {(byte) 0xc0, (byte) 0x80}, {}, {' ', '\n'}
    };
    for (byte[] body : bodies) {
      TurnedAway refused =
          refused(new Post("prometheus", body, Map.of("authorization", "Bearer " + Door.TOKEN)));
      assertThat(refused.why()).isEqualTo(Why.MALFORMED);
    }
    assertThat(door.inbox.quarantined(10))
        .extracting(Kept::body)
        .containsExactly(" \n", "", "\\xc0\\x80", "{\\u0000}", "{\\xff}");
  }

  @Test
  void a_body_beyond_the_limit_is_refused_before_anything_is_hashed() {
    Post post = new Post("prometheus", new byte[Post.BODY_MAX + 1], Map.of());
    assertThat(refused(post).why()).isEqualTo(Why.TOO_LARGE);
    assertThat(door.counts.of("prometheus", Outcome.TOO_LARGE)).isEqualTo(1);
    assertThat(door.inbox.quarantined(10)).hasSize(1);
    assertThat(door.guard.webhook(Door.proven("x".repeat(Post.BODY_MAX))).body())
        .hasSize(Post.BODY_MAX);
  }

  @Test
  void a_flood_of_forgeries_fills_neither_the_disk_nor_the_true_senders_share() {
    for (int i = 0; i < 200; i++) {
      refused(Door.post("prometheus", "{}", Map.of("authorization", "Bearer wrong")));
    }
    assertThat(door.inbox.quarantined(1000)).hasSize(Quarantine.ROWS_PER_HOUR);
    assertThat(door.counts.of("prometheus", Outcome.UNPROVEN)).isEqualTo(200);
    assertThat(door.guard.webhook(Door.proven("{}")).body()).isEqualTo("{}");

    door.clock.move(Duration.ofHours(1));
    refused(Door.post("prometheus", "{}", Map.of("authorization", "Bearer wrong")));
    assertThat(door.inbox.quarantined(1000)).hasSize(Quarantine.ROWS_PER_HOUR + 1);
  }

  @Test
  void more_than_a_minutes_worth_is_turned_away_until_time_has_passed() {
    for (int i = 0; i < 60; i++) {
      door.guard.webhook(Door.proven("{}"));
    }
    TurnedAway refused = refused(Door.proven("{}"));
    assertThat(refused.why()).isEqualTo(Why.TOO_MANY);
    assertThat(refused.waitFor()).isEqualTo(Duration.ofSeconds(1));
    door.clock.move(Duration.ofSeconds(1));
    door.guard.webhook(Door.proven("{}"));
    assertThat(refused(Door.proven("{}")).why()).isEqualTo(Why.TOO_MANY);
    assertThat(door.counts.of("prometheus", Outcome.TOO_MANY)).isEqualTo(2);
  }

  @Test
  void nobody_else_may_post() {
    assertThat(refused(Door.post("stranger", "{}", Map.of())).why()).isEqualTo(Why.UNKNOWN);
    assertThat(refused(Door.post("queue", "{}", Map.of())).why()).isEqualTo(Why.UNKNOWN);
    assertThatThrownBy(() -> door.guard.topic(Door.proven("{}"))).isInstanceOf(TurnedAway.class);
    assertThat(Guard.proofs(door.installation, "stranger")).isEmpty();
    assertThat(Guard.proofs(door.installation, "queue")).isEmpty();
    assertThat(Guard.proofs(door.installation, "topic")).contains(Set.of());
    assertThat(Guard.proofs(door.installation, "prometheus")).contains(Set.of("authorization"));
    assertThat(Guard.proofs(door.installation, "atlas")).contains(Set.of("x-mms-signature"));
  }

  @Test
  void an_operator_hands_in_what_any_sender_could_have_sent() {
    assertThat(door.guard.operator(Door.post("prometheus", "{}", Map.of())).format())
        .isEqualTo("alertmanager");
    assertThat(door.guard.operator(Door.post("queue", "{}", Map.of())).format()).isEqualTo("auto");
    assertThat(door.guard.operator(Door.post(Guard.OPERATOR, "{}", Map.of())).sender())
        .isEqualTo("operator");
    assertThatThrownBy(() -> door.guard.operator(Door.post("stranger", "{}", Map.of())))
        .hasMessageContaining("prometheus");
    assertThatThrownBy(() -> door.guard.operator(Door.post("queue", "\0", Map.of())))
        .hasMessageContaining("NUL");
  }

  @Test
  void poison_from_a_queue_is_kept_aside_once_however_often_it_comes() {
    List<Alarm> told = new ArrayList<>();
    assertThat(door.guard.queue("queue", "m-1", Door.NOW, "{}", told::add)).isPresent();
    assertThat(told).isEmpty();
    for (String poison : List.of("a\0b", "\ud800", "", "x".repeat(Post.BODY_MAX + 1))) {
      String id = "p-" + poison.length();
      assertThat(door.guard.queue("queue", id, null, poison, told::add)).isEmpty();
      assertThat(door.guard.queue("queue", id, null, poison, told::add)).isEmpty();
    }
    assertThat(door.guard.queue("queue", "p-null", null, null, told::add)).isEmpty();
    assertThat(told)
        .hasSize(9)
        .allMatch(alarm -> alarm.state() == Alarm.State.FIRING)
        .allMatch(alarm -> alarm.title().equals("Events from queue cannot be read"));
    assertThat(door.inbox.quarantined(10)).hasSize(5);
    assertThat(door.inbox.quarantined(10)).extracting(Kept::duplicates).contains(1L, 0L);
    assertThat(door.inbox.quarantined(10))
        .allSatisfy(k -> assertThat(k.body()).hasSizeLessThan(2010));
  }

  @Test
  void what_comes_in_is_counted_by_sender_and_outcome() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    door.counts.bindTo(registry);
    door.inbox.accept(door.guard.webhook(Door.proven("{}")));
    refused(Door.post("prometheus", "{}", Map.of()));
    assertThat(
            registry
                .get("holdfast.events")
                .tags("sender", "prometheus", "outcome", "accepted")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("holdfast.events")
                .tags("sender", "prometheus", "outcome", "unproven")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }
}
