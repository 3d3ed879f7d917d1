package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.alarm.Inbox;
import holdfast.harness.Moto;
import holdfast.incident.Incidents;
import holdfast.incident.Opening;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Somebody has subscribed the queue of alarms to the topic of our notices. */
class OwnNoticeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String NAME = "loop-" + System.nanoTime();

  @TempDir Path folder;
  private final Moto moto = Moto.shared();
  private Rig rig;

  @AfterEach
  void stop() {
    rig.close();
  }

  private void subscribe(boolean raw) {
    StaticCredentialsProvider key =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    try (SnsClient sns =
            SnsClient.builder()
                .httpClient(ApacheHttpClient.create())
                .endpointOverride(moto.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(key)
                .build();
        SqsClient sqs =
            SqsClient.builder()
                .httpClient(ApacheHttpClient.create())
                .endpointOverride(moto.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(key)
                .build()) {
      sqs.createQueue(all -> all.queueName(NAME + raw));
      String topic = sns.createTopic(all -> all.name(NAME + raw)).topicArn();
      sns.subscribe(
          all ->
              all.topicArn(topic)
                  .protocol("sqs")
                  .endpoint("arn:aws:sqs:us-east-1:%s:%s".formatted(Moto.ACCOUNT, NAME + raw))
                  .attributes(Map.of("RawMessageDelivery", String.valueOf(raw))));
    }
  }

  private void start(boolean raw) {
    String access =
        """
              region: us-east-1
              endpoint: %s
              access-key: {env: KEY}
              secret-key: {env: KEY}
        """
            .formatted(moto.endpoint());
    rig = new Rig(folder);
    rig.environment.put("KEY", "some-key");
    rig.channels(
        """
            loop:
              kind: sns
              topic: arn:aws:sns:us-east-1:%s:%s
        """
                .formatted(Moto.ACCOUNT, NAME + raw)
            + access);
    rig.senders(
        """
            cloud:
              kind: sqs
              queue: arn:aws:sqs:us-east-1:%s:%s
        """
                .formatted(Moto.ACCOUNT, NAME + raw)
            + access);
    String system = "systems/roleferry.yml";
    rig.write(system, rig.read(system).replaceAll("channels: \\[[^]]*]", "channels: [loop]"));
    rig.start();
  }

  private long count(String what) {
    return rig.journal
        .transaction()
        .in(
            () ->
                rig.journal
                    .transaction()
                    .sql("SELECT count(*) FROM " + what)
                    .query(Long.class)
                    .single());
  }

  private void assertThatNothingComesOfIt(boolean raw) {
    subscribe(raw);
    start(raw);
    rig.bean(Incidents.class)
        .open(
            new Opening(
                "roleferry", Severity.CRITICAL, Situation.DATABASE, "Odd", "It is.", "ada"));

    await().atMost(PATIENCE).until(() -> count("receipts WHERE state <> 'WAITING'") >= 1);
    assertThat(rig.bean(Inbox.class).quarantined(5)).isEmpty();
    assertThat(count("incidents")).isEqualTo(1);
    assertThat(count("receipts WHERE body LIKE '%holdfast-origin: %'")).isEqualTo(1);
  }

  @Test
  void a_notice_that_comes_back_raw_opens_nothing_and_is_not_in_quarantine() {
    assertThatNothingComesOfIt(true);
  }

  @Test
  void a_notice_that_comes_back_in_its_envelope_opens_nothing_either() {
    assertThatNothingComesOfIt(false);
  }
}
