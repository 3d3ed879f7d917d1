package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.harness.Failpoints;
import holdfast.harness.HomeFolder;
import holdfast.harness.Moto;
import holdfast.harness.VictimNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * One night, on real parts: CloudWatch says through a queue that the database is gone; Slack, mail
 * and a topic tell of it; nobody answers; the manager is told; somebody acknowledges in Slack; the
 * alarm clears; what was learned is written down. The service may die at any moment of it: then
 * whoever waits starts it again.
 */
final class Night implements AutoCloseable {

  /** What happens, in order. */
  enum Chapter {
    ALARM,
    NOBODY_ANSWERS,
    ACKNOWLEDGED,
    CLEARED,
    LEARNED
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final String SIGNING = "signing-secret-of-this-test-00001";

  private static final String APPLICATION =
      """
      holdfast:
        stores: {primary: {kind: directory, path: store}}
        connections: {prod: {host: 127.0.0.1, port: 1, user: nobody, sslmode: disable}}
        keys:
          recipients: {operations: keys/operations.public.asc}
          signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
        channels:
          ops-slack: {kind: slack, token: {file: slack.token}, channel: C0123456789, signing-secret: {file: signing}, endpoint: "%1$s"}
          ops-email: {kind: email, host: 127.0.0.1, port: %2$d, security: none, from: holdfast@example.test, to: [ops@example.test]}
          management: {kind: email, host: 127.0.0.1, port: %2$d, security: none, from: holdfast@example.test, to: [em@example.test]}
          ops-sns: {kind: sns, topic: "arn:aws:sns:us-east-1:123456789012:ops", region: us-east-1, endpoint: "%1$s", access-key: {file: secret}, secret-key: {file: secret}}
        senders:
          alarms: {kind: sqs, queue: "%3$s", region: us-east-1, endpoint: "%4$s", access-key: {file: secret}, secret-key: {file: secret}}
      """;

  private static final String SYSTEM =
      """
      system: roleferry
      description: Job search and outreach platform
      plan: {version: "1", owner: DevOps Lead}
      components: [{name: database, description: PostgreSQL, priority: P0}]
      assets:
        - name: database
          component: database
          source: {kind: postgresql, connection: prod, database: roleferry}
          pipeline: {recipients: [operations]}
          stores: [primary]
          channels: []
      alarms:
        - {match: {kind: cloudwatch-alarm, name: "roleferry-*"}, situation: database, severity: critical, component: database}
      contacts:
        - {name: DevOps Lead, role: coordinator, email: ops@example.test}
        - {name: Engineering Manager, role: management, email: em@example.test}
      escalation:
        - {level: 1, after: 0m, contacts: [DevOps Lead], channels: [ops-slack, ops-email, ops-sns]}
        - {level: 2, after: 2h, contacts: [Engineering Manager], channels: [management]}
      """;

  private static final String EVENT =
      """
      {"version": "0", "id": "event-%1$s", "detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch",
       "account": "123456789012", "time": "%2$s", "region": "us-east-1",
       "resources": ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:roleferry-database-gone"],
       "detail": {"alarmName": "roleferry-database-gone",
         "state": {"value": "%1$s", "reason": "No datapoints were received.", "timestamp": "%2$s"},
         "previousState": {"value": "OK", "timestamp": "%2$s"},
         "configuration": {"metrics": [{"id": "m1", "returnData": true, "metricStat": {"period": 60, "stat": "Average",
           "metric": {"namespace": "AWS/RDS", "name": "DatabaseConnections", "dimensions": {"DBInstanceIdentifier": "roleferry"}}}}]}}}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Station station = Station.bare();
  private final Failpoints failpoints = new Failpoints(station.home);
  private final SqsClient queues;
  private final String queue;
  private VictimNode node;
  private int deaths;

  Night() throws IOException {
    queues =
        SqsClient.builder()
            .httpClient(ApacheHttpClient.create())
            .region(Region.US_EAST_1)
            .endpointOverride(Moto.shared().endpoint())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
    String name = "night-" + station.home.getFileName().toString().replaceAll("\\D", "");
    queue = queues.createQueue(ask -> ask.queueName(name)).queueUrl();
    String arn =
        queues
            .getQueueAttributes(
                ask -> ask.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    HomeFolder folder = new HomeFolder(station.home);
    folder.write(
        "application.yml",
        APPLICATION.formatted(
            station.receiver.at(""), station.mail.port(), arn, Moto.shared().endpoint()));
    folder.write("systems/roleferry.yml", SYSTEM);
    folder.secret("slack.token", "xoxb-test");
    folder.secret("signing", SIGNING);
    failpoints.arm("");
    node = station.start();
  }

  /** The points at which the service may be told to die. */
  Failpoints failpoints() {
    return failpoints;
  }

  /** How often the service has died so far. */
  int deaths() {
    return deaths;
  }

  /** Kills the service now, as {@code kill -9}. */
  void kill() {
    node.kill();
  }

  /** Lets one chapter happen, and waits until everything in it is done. */
  void tell(Chapter chapter) throws Exception {
    switch (chapter) {
      case ALARM -> {
        event("ALARM");
        until("the first level", () -> told().first());
      }
      case NOBODY_ANSWERS -> {
        station.clock.move(Duration.ofHours(2).plusSeconds(1));
        until("the second level", () -> told().managers() > 0);
      }
      case ACKNOWLEDGED -> {
        until("Slack's button", this::press);
        until("the acknowledgement", () -> state().equals("ACKNOWLEDGED"));
      }
      case CLEARED -> {
        event("OK");
        until("the clearing", () -> timeline("CLEAR"));
        station.clock.move(Duration.ofMinutes(6));
        until("the end", () -> state().equals("RESOLVED"));
      }
      case LEARNED -> until("the record", this::learn);
    }
  }

  private void event(String state) {
    String event = EVENT.formatted(state, station.clock.instant());
    queues.sendMessage(ask -> ask.queueUrl(queue).messageBody(event));
  }

  /** What came, by channel: messages that call people. */
  record Told(long slack, long mails, long topic, long managers) {

    boolean first() {
      return slack > 0 && mails > 0 && topic > 0;
    }
  }

  /** The calls that were handed over so far; others, such as thanks, do not count. */
  Told told() {
    return new Told(
        station.receiver.taken("slack-app").stream()
            .filter(message -> message.parameters().get("blocks").contains("\"button\""))
            .count(),
        mails("ops@example.test"),
        station.receiver.taken("sns").stream()
            .filter(message -> message.parameters().get("Message").contains("Level 1"))
            .count(),
        mails("em@example.test"));
  }

  private long mails(String reader) {
    return station.mail.mails().stream()
        .filter(mail -> mail.to().contains(reader) && mail.text().contains("evel "))
        .count();
  }

  private boolean press() throws IOException, InterruptedException {
    String payload =
        JSON.writeValueAsString(
            Map.of(
                "type", "block_actions",
                "user", Map.of("id", "U1", "username", "anna"),
                "actions",
                    java.util.List.of(Map.of("action_id", "holdfast-acknowledge", "value", id()))));
    String body = "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    long time = station.clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(node.at("/in/slack/ops-slack"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Slack-Request-Timestamp", String.valueOf(time))
            .header("X-Slack-Signature", "v0=" + signed("v0:" + time + ":" + body))
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  private static String signed(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SIGNING.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private boolean learn() throws IOException, InterruptedException {
    JsonNode kept =
        node.post(
            path() + "/note", Map.of("text", "Learned: the replica was too small; order a larger"));
    return kept.has("id");
  }

  /** The one incident of this night. */
  JsonNode detail() throws IOException, InterruptedException {
    return node.get(path());
  }

  /** How many incidents there are. */
  int incidents() throws IOException, InterruptedException {
    return node.get("/api/v1/incidents?all=true").size();
  }

  private String id() throws IOException, InterruptedException {
    return node.get("/api/v1/incidents?all=true").path(0).path("id").asText();
  }

  private String path() throws IOException, InterruptedException {
    return "/api/v1/incidents/" + id();
  }

  private String state() throws IOException, InterruptedException {
    return detail().path("incident").path("state").asText();
  }

  private boolean timeline(String kind) throws IOException, InterruptedException {
    return detail().path("timeline").findValuesAsText("kind").contains(kind);
  }

  /** Waits for it; whenever the service has died meanwhile, it is started again. */
  private void until(String what, Callable<Boolean> done) {
    try {
      // The mail server's own thread complains when the service is killed in the middle of a mail.
      await(what)
          .dontCatchUncaughtExceptions()
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .until(() -> alive() && Boolean.TRUE.equals(quietly(done)));
    } catch (ConditionTimeoutException late) {
      throw new IllegalStateException(
          "%s did not come; told: %s; the log is %s"
              .formatted(what, told(), station.home.resolve("log")),
          late);
    }
  }

  private boolean alive() throws IOException {
    if (!node.alive()) {
      deaths++;
      node = station.start();
    }
    return true;
  }

  private static @Nullable Boolean quietly(Callable<Boolean> done) throws Exception {
    try {
      return done.call();
    } catch (IOException died) {
      return false;
    }
  }

  /** Where the service is now. */
  URI address() {
    return node.at("/");
  }

  @Override
  public void close() throws IOException {
    node.close();
    queues.deleteQueue(ask -> ask.queueUrl(queue));
    queues.close();
    station.close();
  }
}
