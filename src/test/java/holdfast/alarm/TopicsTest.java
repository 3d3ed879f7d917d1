package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import holdfast.alarm.TurnedAway.Why;
import holdfast.harness.SettableClock;
import holdfast.plan.AwsAccess;
import holdfast.plan.Origin;
import holdfast.plan.SenderSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a topic posts is believed by its signature alone. */
class TopicsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final TopicSigner SIGNER = TopicSigner.at(NOW);

  private final SettableClock clock = new SettableClock(NOW);
  private final TopicSigner signer = SIGNER;
  private final Topics topics = topics(signer.certificates(), signer.trust());

  private Topics topics(Certificates certificates, Trust trust) {
    return new Topics(new SigningKeys(certificates, () -> trust, clock), clock);
  }

  private static SenderSpec.Topic sender(String... topics) {
    return new SenderSpec.Topic(
        "cloud",
        List.of(topics),
        new AwsAccess("us-east-1", null, null, null),
        100,
        new Origin(Path.of("application.yml"), 1));
  }

  private TopicMessage read(String text) {
    return topics.read(sender(TopicSigner.TOPIC), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void a_signed_notification_goes_on_with_what_the_signature_covers(String version) {
    Map<String, String> fields = TopicSigner.notice("m-1", NOW, "disk full");
    fields.put("Subject", "ALARM");
    signer.signed(fields, version);
    fields.put("UnsubscribeURL", "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe");
    fields.put("Severity", "unsigned");

    TopicMessage message = read(TopicSigner.json(fields));

    assertThat(message.token()).isNull();
    assertThat(message.event().delivery()).isEqualTo("m-1");
    assertThat(message.event().sentAt()).isEqualTo(NOW);
    assertThat(message.event().attributes()).isEmpty();
    assertThat(message.event().body())
        .contains("\"Message\":\"disk full\"", "\"Subject\":\"ALARM\"", TopicSigner.TOPIC)
        .doesNotContain("Unsubscribe", "unsigned", "SigningCertURL");
  }

  @Test
  void only_the_mark_of_our_own_messages_is_believed_of_the_attributes_that_nobody_signs() {
    String signed = TopicSigner.json(signer.signed(TopicSigner.notice("m-1", NOW, "x"), "2"));
    String attributes =
        """
        "MessageAttributes":{"severity":{"Type":"String","Value":"LOW"},
          "holdfast-origin":{"Type":"String","Value":"incident 7"}},""";

    TopicMessage message = read(signed.replaceFirst("\\{", "{" + attributes));

    assertThat(message.event().body())
        .contains("\"holdfast-origin\":{\"Value\":\"incident 7\"}")
        .doesNotContain("severity");
  }

  @Test
  void a_demand_for_confirmation_goes_on_as_its_token_and_the_end_of_one_as_an_event() {
    TopicMessage asked = read(signer.subscription("SubscriptionConfirmation", NOW, "t-1"));
    assertThat(asked.token()).isEqualTo("t-1");
    assertThat(asked.topicArn()).isEqualTo(TopicSigner.TOPIC);
    assertThat(asked.event()).isNull();

    TopicMessage ended = read(signer.subscription("UnsubscribeConfirmation", NOW, "t-2"));
    assertThat(ended.token()).isNull();
    assertThat(ended.event().body())
        .contains("UnsubscribeConfirmation")
        .doesNotContain("t-2", "SubscribeURL");
  }

  @Test
  void whatever_is_changed_after_signing_is_forged() {
    for (String field :
        List.of("Message", "MessageId", "Timestamp", "Type", "Signature", "SignatureVersion")) {
      refused(fields -> fields.computeIfPresent(field, (name, value) -> changed(name, value)));
      refused(fields -> fields.remove(field));
    }
    refused(fields -> fields.put("Subject", "added"));
    refused(fields -> fields.put("Signature", "not base64 !"));
    refused(fields -> fields.put("SignatureVersion", "3"));
    refused(fields -> fields.remove("SigningCertURL"));
    refused(fields -> fields.put("TopicArn", TopicSigner.TOPIC + "-other"));
    refused(fields -> TopicSigner.signed(fields, TopicSigner.pair().getPrivate(), "2"));
  }

  private static String changed(String name, String value) {
    return switch (name) {
      case "Timestamp" -> NOW.plusSeconds(1).toString();
      case "SignatureVersion" -> "1";
      case "Type" -> "SubscriptionConfirmation";
      default -> (value.charAt(0) == 'A' ? "B" : "A") + value.substring(1);
    };
  }

  private void refused(Consumer<Map<String, String>> change) {
    Map<String, String> fields = signer.signed(TopicSigner.notice("m-1", NOW, "disk full"), "2");
    change.accept(fields);
    assertForged(TopicSigner.json(fields));
  }

  private void assertForged(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            TurnedAway.class, refused -> assertThat(refused.why()).isEqualTo(Why.FORGED));
  }

  @Test
  void a_message_of_two_meanings_is_none() {
    String signed = TopicSigner.json(signer.signed(TopicSigner.notice("m-1", NOW, "x"), "2"));
    for (String text :
        List.of(
            signed.replaceFirst("\\{", "{\"Message\":\"evil\","),
            signed + "{}",
            "[" + signed + "]",
            "null",
            "\"text\"",
            "{",
            "[".repeat(5000))) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOfSatisfying(
              TurnedAway.class, refused -> assertThat(refused.why()).isEqualTo(Why.MALFORMED));
    }
  }

  @Test
  void a_message_is_believed_for_an_hour_and_a_time_to_come_never() {
    String text = signer.notification("m-1", NOW, "x");
    clock.set(NOW.plus(Duration.ofHours(1)));
    assertThat(read(text).event()).isNotNull();
    clock.set(NOW.plus(Duration.ofHours(1)).plusSeconds(1));
    assertForged(text);
    clock.set(NOW.minus(Duration.ofHours(1)).minusSeconds(1));
    assertForged(text);
    clock.set(NOW);
    assertForged(TopicSigner.json(signer.signed(TopicSigner.notice("m-1", Instant.MAX, "x"), "2")));
  }

  @Test
  void a_certificate_that_has_expired_or_another_name_or_another_authority_is_none() {
    TopicSigner other = TopicSigner.at(NOW);
    String text = other.notification("m-1", NOW, "x");
    assertThatThrownBy(
            () ->
                topics(other.certificates(), signer.trust()).read(sender(TopicSigner.TOPIC), text))
        .hasMessageContaining("no authority");
    other.certificate = other.issue("CN=sns.amazonaws.com.evil.example", NOW, Duration.ofDays(9));
    assertThatThrownBy(() -> own(other).read(sender(TopicSigner.TOPIC), text))
        .hasMessageContaining("not a certificate of Amazon's topics");
    other.certificate = other.issue("CN=sns.amazonaws.com", NOW, Duration.ofSeconds(-1));
    assertThatThrownBy(() -> own(other).read(sender(TopicSigner.TOPIC), text))
        .hasMessageContaining("expired");
    other.certificate = other.issue("CN=sns.us-east-1.amazonaws.com", NOW, Duration.ofDays(9));
    assertThat(own(other).read(sender(TopicSigner.TOPIC), text).event()).isNotNull();
  }

  private Topics own(TopicSigner other) {
    return topics(other.certificates(), other.trust());
  }

  @Test
  void a_certificate_is_fetched_once_and_made_up_ones_a_few_times_a_minute() {
    TopicSigner fresh = TopicSigner.at(NOW);
    Topics some = own(fresh);
    for (int i = 0; i < 5; i++) {
      some.read(sender(TopicSigner.TOPIC), fresh.notification("m-" + i, NOW, "x"));
    }
    assertThat(fresh.fetched).containsExactly("sns.us-east-1.amazonaws.com 0123abcd");
    for (int i = 0; i < 100; i++) {
      Map<String, String> fields = TopicSigner.notice("m-1", NOW, "x");
      fields.put("SigningCertURL", TopicSigner.CERTIFICATE.replace("0123", Integer.toHexString(i)));
      String text = TopicSigner.json(fresh.signed(fields, "2"));
      assertThatThrownBy(() -> some.read(sender(TopicSigner.TOPIC), text))
          .isInstanceOf(TurnedAway.class);
    }
    assertThat(fresh.fetched).hasSize(10);
    some.read(sender(TopicSigner.TOPIC), fresh.notification("m-9", NOW, "x"));
    assertThat(fresh.fetched).hasSize(10);
  }

  @Test
  void a_certificate_that_is_slow_to_fetch_holds_up_no_message_whose_own_is_known()
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Certificates held =
        (host, id) -> {
          if (!id.equals("0123abcd")) {
            asked.countDown();
            try {
              answer.await();
            } catch (InterruptedException ended) {
              throw new IOException(ended);
            }
          }
          return signer.certificates().fetch(host, id);
        };
    Topics some = topics(held, signer.trust());
    String known = signer.notification("m-1", NOW, "x");
    some.read(sender(TopicSigner.TOPIC), known);
    Map<String, String> fields = TopicSigner.notice("m-2", NOW, "x");
    fields.put("SigningCertURL", TopicSigner.CERTIFICATE.replace("0123", "4567"));
    String unknown = TopicSigner.json(signer.signed(fields, "2"));
    Thread other = new Thread(() -> some.read(sender(TopicSigner.TOPIC), unknown));
    other.setUncaughtExceptionHandler((thread, refused) -> {});
    other.start();
    asked.await();
    try {
      assertTimeoutPreemptively(
          Duration.ofSeconds(10), () -> some.read(sender(TopicSigner.TOPIC), known));
    } finally {
      answer.countDown();
      other.join();
    }
  }

  @Test
  void only_an_address_that_amazon_says_is_none_is_remembered_as_none() throws Exception {
    AmazonCertificates.refuse(200);
    for (int none : new int[] {403, 404}) {
      assertThatThrownBy(() -> AmazonCertificates.refuse(none))
          .isInstanceOf(CertificateException.class);
    }
    for (int passing : new int[] {301, 302, 400, 407, 408, 429, 500, 503}) {
      assertThatThrownBy(() -> AmazonCertificates.refuse(passing)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_key_that_is_not_amazons_own_signs_nothing() {
    KeyPair stranger = TopicSigner.pair();
    Map<String, String> fields =
        TopicSigner.signed(TopicSigner.notice("m-1", NOW, "x"), stranger.getPrivate(), "1");
    assertForged(TopicSigner.json(fields));
  }

  /** Real messages, signed by Amazon; their certificate ended long ago. */
  @Test
  @EnabledIfEnvironmentVariable(named = "HOLDFAST_EVENTS", matches = ".+")
  void messages_that_amazon_signed_are_believed() throws Exception {
    Path events = Path.of(System.getenv("HOLDFAST_EVENTS"));
    X509Certificate amazon =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        Files.readAllBytes(events.resolve("sns-signing-cert.pem"))));
    Topics real =
        topics((host, id) -> List.of(amazon), new Trust(Set.of(new TrustAnchor(amazon, null))));
    for (String file : List.of("sns-envelope-1.json", "sns-envelope-2.json")) {
      String text = Files.readString(events.resolve(file));
      Map<?, ?> fields =
          new com.fasterxml.jackson.databind.ObjectMapper().readValue(text, Map.class);
      clock.set(Instant.parse(String.valueOf(fields.get("Timestamp"))).plusSeconds(5));
      SenderSpec.Topic sender = sender(String.valueOf(fields.get("TopicArn")));
      assertThat(real.read(sender, text).event().body()).contains("\"Message\"");
      assertThatThrownBy(
              () -> real.read(sender, text.replace("\"Message\" : \"", "\"Message\" : \"x")))
          .hasMessageContaining("signature");
    }
  }

  @Test
  void where_the_certificate_cannot_be_fetched_the_fault_is_ours_and_nothing_is_remembered() {
    boolean[] away = {true};
    Certificates flaky =
        (host, id) -> {
          if (away[0]) {
            throw new IOException("no route");
          }
          return signer.certificates().fetch(host, id);
        };
    Topics some = topics(flaky, signer.trust());
    String text = signer.notification("m-1", NOW, "x");
    assertThatThrownBy(() -> some.read(sender(TopicSigner.TOPIC), text))
        .isInstanceOf(holdfast.journal.RunException.class)
        .hasMessageContaining("sns.us-east-1.amazonaws.com");
    away[0] = false;
    assertThat(some.read(sender(TopicSigner.TOPIC), text).event()).isNotNull();
  }
}
