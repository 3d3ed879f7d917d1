package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.alarm.Inbox;
import holdfast.alarm.Kept;
import holdfast.harness.HttpTarget;
import holdfast.harness.Moto;
import holdfast.harness.TcpProxy;
import holdfast.incident.UnreadQueues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Events from a queue, through the shipped route. */
class AlarmQueueTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private Rig rig;
  private final Moto moto = Moto.shared();
  private final String name = "alarms-" + System.nanoTime();
  private final SqsClient sqs =
      SqsClient.builder()
          .httpClient(ApacheHttpClient.create())
          .endpointOverride(moto.endpoint())
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
          .build();
  private String url;

  @BeforeEach
  void prepare() {
    url =
        sqs.createQueue(
                request ->
                    request
                        .queueName(name)
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "3")))
            .queueUrl();
    rig = new Rig(folder);
    rig.environment.put("KEY", "some-key");
    rig.senders(sender(moto.endpoint().toString()));
  }

  private String sender(String endpoint) {
    return """
            cloud:
              kind: sqs
              queue: arn:aws:sqs:us-east-1:%s:%s
              region: us-east-1
              endpoint: %s
              access-key: {env: KEY}
              secret-key: {env: KEY}
        """
        .formatted(Moto.ACCOUNT, name, endpoint);
  }

  @AfterEach
  void stop() {
    rig.close();
    sqs.close();
  }

  private void send(String body, Map<String, MessageAttributeValue> attributes) {
    sqs.sendMessage(
        request -> request.queueUrl(url).messageBody(body).messageAttributes(attributes));
  }

  private long receipts(String which) {
    return count("receipts", which);
  }

  private long count(String table, String which) {
    return rig.journal
        .transaction()
        .in(
            () ->
                rig.journal
                    .transaction()
                    .sql("SELECT count(*) FROM " + table + " WHERE " + which)
                    .query(Long.class)
                    .single());
  }

  private boolean empty() {
    Map<QueueAttributeName, String> counts =
        sqs.getQueueAttributes(
                request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES).equals("0")
        && counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE).equals("0");
  }

  /** An attribute named as the receipt handle would keep the message on the queue for ever. */
  @Test
  void cve_2026_46456_attributes_of_a_message_steer_nothing() {
    rig.start();
    MessageAttributeValue evil =
        MessageAttributeValue.builder().dataType("String").stringValue("evil").build();
    send(
        "{\"an\": \"event\"}",
        Map.of("CamelAwsSqsReceiptHandle", evil, "CamelAwsSqsMessageId", evil));

    await().atMost(PATIENCE).until(() -> receipts("delivery <> 'evil'") == 1 && empty());
    assertThat(receipts("sent_at IS NOT NULL")).isEqualTo(1);
  }

  @Test
  void poison_goes_into_quarantine_and_the_queue_moves_on() {
    rig.start();
    send("x".repeat(200_000) + "é".repeat(40_000), Map.of());
    send("{\"an\": \"event\"}", Map.of());

    await().atMost(PATIENCE).until(() -> receipts("true") == 2 && empty());
    assertThat(rig.bean(Inbox.class).quarantined(10))
        .extracting(Kept::reason)
        .anyMatch(reason -> reason.contains("larger than"));
    assertThat(count("signals", "fingerprint = 'holdfast-quarantine/cloud'")).isEqualTo(1);
  }

  @Test
  void what_the_journal_cannot_keep_stays_on_the_queue_and_is_kept_once() {
    rig.start();
    rig.journal.sql("ALTER TABLE receipts RENAME TO gone");
    send("{\"an\": \"event\"}", Map.of());
    await().pollDelay(Duration.ofSeconds(5)).until(() -> !empty());
    rig.journal.sql("ALTER TABLE gone RENAME TO receipts");

    await().atMost(PATIENCE).until(() -> receipts("true") == 1 && empty());
  }

  @Test
  void an_edited_route_that_keeps_nothing_takes_nothing_off_the_queue() {
    String path = "routes/alarm/alarm-queue.camel.yaml";
    String shipped = rig.read(path);
    rig.write(path, shipped.replace("${body} != null", "${body} == null"));
    rig.start();
    send("{\"an\": \"event\"}", Map.of());
    await()
        .pollDelay(Duration.ofSeconds(8))
        .atMost(PATIENCE)
        .until(() -> rig.bean(Receipts.class).isLosing("alarm-queue-cloud") && !empty());
    UnreadQueues watch = rig.bean(UnreadQueues.class);
    rig.clock.move(Duration.ofMinutes(5));
    assertThat(text(watch))
        .isEqualTo(since("Its route keeps no event: its bean inbox must accept each."));
    await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> watch.look() == 1);
    rig.write(path, shipped);
    RouteReload reload = rig.bean(RouteReload.class);
    await().atMost(PATIENCE).until(() -> reload.reload("ada").refused().isEmpty());

    await().atMost(PATIENCE).until(() -> receipts("true") == 1 && empty());
    await().atMost(PATIENCE).until(() -> watch.look() == 0);
  }

  private String text(UnreadQueues watch) {
    watch.look();
    rig.clock.move(Duration.ofMinutes(1));
    await().atMost(PATIENCE).until(() -> watch.look() == 1);
    assertThat(watch.unread()).containsExactly("cloud");
    return rig.journal
        .transaction()
        .sql("SELECT text FROM incidents WHERE title = 'The queue of cloud cannot be read'")
        .query(String.class)
        .single();
  }

  private static String since(String reason) {
    return "Nothing has been read from it since 2026-11-21 12:00 UTC: what is told through it is not"
        + " known here. The newest attempt: "
        + reason;
  }

  @Test
  void a_queue_that_is_gone_is_an_alarm_until_it_is_there_again() {
    sqs.deleteQueue(request -> request.queueUrl(url));
    rig.start();
    UnreadQueues watch = rig.bean(UnreadQueues.class);
    await().atMost(PATIENCE).until(() -> rig.bean(QueueWatch.class).isBroken("cloud"));
    assertThat(watch.look()).isZero();
    rig.clock.move(Duration.ofMinutes(5));

    assertThat(text(watch)).isEqualTo(since("There is no such queue."));
    sqs.createQueue(request -> request.queueName(name));
    rig.clock.move(Duration.ofSeconds(30));
    await().atMost(PATIENCE).until(() -> watch.look() == 0);
    assertThat(count("signals", "fingerprint = 'holdfast/queue/cloud' AND state = 'CLEARED'"))
        .isEqualTo(1);
  }

  @Test
  void a_queue_that_forbids_us_to_read_is_an_alarm_and_nothing_of_the_answer_is_told() {
    try (HttpTarget forbidding = HttpTarget.start()) {
      forbidding.behave(
          HttpTarget.page(
              403,
              """
              {"__type": "AccessDenied", "message": "arn:aws:iam::123456789012:user/x at 10.1.2.3"}"""));
      String shipped = rig.read("application.yml");
      rig.write(
          "application.yml",
          shipped.replace(moto.endpoint().toString(), forbidding.at("").toString()));
      rig.start();
      await().atMost(PATIENCE).until(() -> rig.bean(QueueWatch.class).isBroken("cloud"));
      rig.clock.move(Duration.ofMinutes(5));

      assertThat(text(rig.bean(UnreadQueues.class)))
          .startsWith(since("It was refused with 403"))
          .doesNotContain("arn:", "10.1.2.3", "127.0.0.1");
    }
  }

  @Test
  void a_queue_whose_secret_is_missing_is_an_alarm() {
    rig.environment.remove("KEY");
    rig.start();
    rig.clock.move(Duration.ofMinutes(5));

    assertThat(text(rig.bean(UnreadQueues.class))).isEqualTo(since("The variable KEY is not set."));
  }

  @Test
  void the_service_starts_while_the_queue_is_out_of_reach_and_reads_it_later() throws Exception {
    try (TcpProxy proxy = new TcpProxy(moto.endpoint())) {
      proxy.refuse(true);
      rig.write(
          "application.yml",
          rig.read("application.yml")
              .replace(moto.endpoint().toString(), proxy.endpoint().toString()));
      rig.start();
      send("{\"an\": \"event\"}", Map.of());
      proxy.refuse(false);
      await().atMost(PATIENCE.multipliedBy(2)).until(() -> receipts("true") == 1);
    }
  }
}
