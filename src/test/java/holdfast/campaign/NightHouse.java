package holdfast.campaign;

import holdfast.harness.HomeFolder;
import holdfast.harness.Moto;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Where a night takes place: one system, two levels, four channels, and a queue of alarms. */
final class NightHouse implements AutoCloseable {

  static final String SIGNING = "signing-secret-of-this-test-00001";

  /** A message that its reader did not live to remove is there again so soon. */
  private static final String SECONDS_UNSEEN = "2";

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

  final Station station = Station.bare();
  private final SqsClient queues =
      SqsClient.builder()
          .httpClient(ApacheHttpClient.create())
          .region(Region.US_EAST_1)
          .endpointOverride(Moto.shared().endpoint())
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
          .build();
  private final String queue;

  NightHouse() throws IOException {
    String name = "night-" + station.home.getFileName().toString().replaceAll("\\D", "");
    queue =
        queues
            .createQueue(
                ask ->
                    ask.queueName(name)
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, SECONDS_UNSEEN)))
            .queueUrl();
    HomeFolder folder = new HomeFolder(station.home);
    folder.write(
        "application.yml",
        APPLICATION.formatted(
            station.receiver.at(""), station.mail.port(), arn(), Moto.shared().endpoint()));
    folder.write("systems/roleferry.yml", SYSTEM);
    folder.secret("slack.token", "xoxb-test");
    folder.secret("signing", SIGNING);
  }

  private String arn() {
    return queues
        .getQueueAttributes(ask -> ask.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  /** Puts what CloudWatch says into the queue: ALARM or OK. */
  void event(String state) {
    String event = EVENT.formatted(state, station.clock.instant());
    queues.sendMessage(ask -> ask.queueUrl(queue).messageBody(event));
  }

  @Override
  public void close() throws IOException {
    queues.deleteQueue(ask -> ask.queueUrl(queue));
    queues.close();
    station.close();
  }
}
