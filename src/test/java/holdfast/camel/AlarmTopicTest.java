package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.alarm.Inbox;
import holdfast.alarm.Kept;
import holdfast.alarm.Post;
import holdfast.alarm.TopicSigner;
import holdfast.alarm.TurnedAway;
import holdfast.harness.HeaderProbe;
import holdfast.harness.HttpTarget;
import holdfast.harness.Moto;
import holdfast.harness.Postgres;
import holdfast.harness.TcpProxy;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** Messages that a topic posts, through the shipped route; subscriptions are confirmed at moto. */
class AlarmTopicTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String EVENT =
      """
      {"version": "0", "id": "e-1", "detail-type": "GuardDuty Finding", "source": "aws.guardduty",
       "account": "123456789012", "time": "2026-11-21T12:00:00Z", "region": "us-east-1", "resources": [],
       "detail": {}}
      """;

  @TempDir Path folder;
  private final HttpTarget stranger = HttpTarget.start();
  private Rig rig;
  private TopicSigner signer;

  @BeforeEach
  void prepare() {
    rig = new Rig(folder);
    signer = TopicSigner.at(rig.clock.instant());
    rig.beans.putAll(signer.beans());
    rig.environment.put("KEY", "some-key");
  }

  @AfterEach
  void stop() {
    rig.close();
    stranger.close();
  }

  private void start(URI amazon) {
    rig.senders(
        """
            topic:
              kind: sns
              topics: ["%s"]
              region: us-east-1
              endpoint: %s
              access-key: {env: KEY}
              secret-key: {env: KEY}
        """
            .formatted(TopicSigner.TOPIC, amazon));
    rig.start("holdfast.alone=true");
  }

  private static void topicAtMoto(String name) {
    try (SnsClient sns =
        SnsClient.builder()
            .httpClient(ApacheHttpClient.create())
            .endpointOverride(Moto.shared().endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build()) {
      String arn = sns.createTopic(request -> request.name(name)).topicArn();
      assertThat(arn).isEqualTo(TopicSigner.TOPIC);
    }
  }

  private Optional<String> post(String message) {
    byte[] body = message.getBytes(StandardCharsets.UTF_8);
    return rig.bean(Ingress.class).post(new Post("topic", body, Map.of()));
  }

  private String asksToConfirm(String token) {
    return signer.subscription(
        "SubscriptionConfirmation",
        rig.clock.instant(),
        token,
        stranger.at("/?Action=ConfirmSubscription").toString());
  }

  private String confirmations() {
    return Postgres.ask(
        rig.journal.database(),
        "SELECT count(*) FROM audit WHERE action = 'subscription.confirmed'");
  }

  @Test
  void a_subscription_is_confirmed_by_amazons_interface_and_its_token() throws Exception {
    topicAtMoto("alarms");
    try (TcpProxy amazon = new TcpProxy(Moto.shared().endpoint())) {
      start(amazon.endpoint());
      amazon.holdRequests("Token=token-of-this-test");
      CompletableFuture<Optional<String>> answer =
          CompletableFuture.supplyAsync(() -> post(asksToConfirm("token-of-this-test")));
      await().atMost(PATIENCE).until(amazon::holdsRequest);
      assertThat(confirmations()).isEqualTo("0");
      amazon.holdRequests(null);

      assertThat(answer.join()).as("no event, so no receipt").isEmpty();
      assertThat(confirmations()).isEqualTo("1");
    }
    assertThat(stranger.asked()).as("the address in the message").isZero();
  }

  @Test
  void what_amazon_does_not_confirm_is_asked_for_again_by_the_topic() {
    start(URI.create("http://127.0.0.1:1"));
    assertThatThrownBy(() -> post(asksToConfirm("token")))
        .isInstanceOf(RunException.class)
        .extracting(failure -> ((RunException) failure).code())
        .isEqualTo(Code.UNREACHABLE);
    assertThat(confirmations()).isEqualTo("0");
    assertThat(stranger.asked()).isZero();
  }

  @Test
  void what_nobody_signed_confirms_nothing() {
    start(Moto.shared().endpoint());
    String forged = asksToConfirm("token").replace("token", "other");
    assertThatThrownBy(() -> post(forged)).isInstanceOf(TurnedAway.class);
    assertThat(confirmations()).isEqualTo("0");
  }

  @Test
  void what_is_published_is_read_as_any_event() {
    start(Moto.shared().endpoint());
    String receipt = post(signer.notification("m-1", rig.clock.instant(), EVENT)).orElseThrow();
    await().atMost(PATIENCE).until(() -> kept(receipt).state() == Kept.State.DONE);
    assertThat(post(signer.notification("m-1", rig.clock.instant(), EVENT)))
        .as("the same again")
        .contains(receipt);
  }

  private Kept kept(String receipt) {
    return rig.bean(Inbox.class).find(receipt).orElseThrow();
  }

  @Test
  void cve_2026_56140_attributes_of_a_published_message_steer_nothing() {
    start(Moto.shared().endpoint());
    HeaderProbe probe = new HeaderProbe("planted");
    rig.camel().getManagementStrategy().addEventNotifier(probe);
    probe.start();
    Map<String, String> evil = Map.of("CamelHttpUri", "planted", "camelAwsSnsSubject", "planted");
    String receipt =
        post(signer.notification("m-2", rig.clock.instant(), EVENT, evil)).orElseThrow();

    await().atMost(PATIENCE).until(() -> kept(receipt).state() == Kept.State.DONE);
    assertThat(probe.saw("alarm-topic")).isTrue();
    assertThat(probe.reached()).isZero();
    assertThat(rig.bean(Inbox.class).arrival(receipt).orElseThrow().body())
        .doesNotContain("planted");
  }
}
