package holdfast.cloud;

import holdfast.harness.JournalNode;
import holdfast.harness.Moto;
import holdfast.harness.S3Server;
import holdfast.harness.SettableClock;
import holdfast.plan.Plans;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A system of its own in the shared AWS server, and clients that look at it from outside. */
abstract class InAws {

  static final String ALL =
      """
      events: [rds, backup]
      alarms:
        - {name: cpu, kind: rds-cpu, dimensions: {DBInstanceIdentifier: shop}}
        - {name: rate, kind: alb-5xx-rate, dimensions: {LoadBalancer: app/shop/1}}
      """;

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final CloudSettings SETTINGS =
      new CloudSettings(3, Duration.ofMillis(10), 3, Duration.ofMillis(20));

  final Moto moto = Moto.shared();
  final String system = "shop" + NUMBER.incrementAndGet() + "x" + ProcessHandle.current().pid();
  final String prefix = "holdfast-" + system + "-";
  final JournalNode node =
      JournalNode.fresh(new SettableClock(Instant.parse("2026-11-21T14:00:00Z")));
  final AlarmSetup setup = new AlarmSetup(S3Server.secrets(), SETTINGS, node.audit());
  final AwsClients aws = AwsClients.open(moto.access("eu-west-1"), S3Server.secrets(), SETTINGS);

  @AfterEach
  void leave() {
    aws.close();
  }

  Plans plans(String rest) {
    return plans(moto.endpoint(), rest);
  }

  Plans plans(URI endpoint, String rest) {
    return CloudPlans.of(
        system,
        """
        aws-alarms:
          - region: eu-west-1
            endpoint: %s
            access-key: {file: %s}
            secret-key: {file: %s}
        """
                .formatted(endpoint, moto.keyFile(), moto.keyFile())
            + rest.indent(4));
  }

  AlarmReport status(Plans plans) {
    return setup.status(plans, system).get(0);
  }

  AlarmReport apply(Plans plans) {
    return setup.apply(plans, system, "ada", false).get(0);
  }

  Change change(AlarmReport report, String name) {
    return report.changes().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  List<String> fields(AlarmReport report, String name) {
    return change(report, name).differences().stream().map(Change.Difference::field).toList();
  }

  String queueUrl() {
    return aws.sqs().getQueueUrl(get -> get.queueName(prefix + "alarms")).queueUrl();
  }

  String queueArn() {
    return "arn:aws:sqs:eu-west-1:" + Moto.ACCOUNT + ":" + prefix + "alarms";
  }
}
