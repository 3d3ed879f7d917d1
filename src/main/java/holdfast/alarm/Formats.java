package holdfast.alarm;

import holdfast.plan.Plans;
import holdfast.plan.SenderSpec;
import java.util.List;

/** The formats that are read, in the order in which they are asked. */
final class Formats {

  private final Plans plans;
  private final List<Format> all;
  private final OwnMessage own;

  Formats(Plans plans, OwnMark mark) {
    this.plans = plans;
    own = new OwnMessage(plans);
    all =
        List.of(
            own,
            new SnsHandshake(),
            new CloudWatchAlarm(),
            new RdsEvent(),
            new DmsEvent(),
            new BackupJob(),
            new GuardDuty(),
            new SecurityFinding(),
            new HealthEvent(),
            new EcsEvent(),
            new AutoScaling(),
            new Ec2Event(),
            new ElastiCache(),
            new S3Event(),
            new CodeEvent(),
            new JobEvent(),
            new CloudTrail(),
            new OtherAwsEvent(),
            new MongoAtlas(),
            new Grafana(),
            new Alertmanager(),
            new PagerDuty(),
            new OwnText(mark),
            new SnsMessage());
  }

  /** The formats in which this delivery may be written. */
  List<Format> of(Arrival arrival) {
    return switch (arrival.format()) {
      case "alertmanager", "grafana" -> List.of(own, new Grafana(), new Alertmanager());
      case "mongodb-atlas" -> List.of(own, new MongoAtlas());
      case "pagerduty" -> List.of(own, new PagerDuty());
      case TestEvent.KIND -> List.of(new TestEvent());
      case "generic" -> generic(arrival.sender());
      default -> all;
    };
  }

  /** Without a mapping, a sender of one's own may still write a format that is known. */
  private List<Format> generic(String sender) {
    return plans.installation().senders().get(sender) instanceof SenderSpec.Webhook webhook
            && webhook.mapping().isGiven()
        ? List.of(own, new Generic(webhook.mapping()))
        : all;
  }

  /** What an event says in the first of these formats that knows it; empty where none does. */
  static List<Draft> drafts(List<Format> formats, Event event) {
    return formats.stream()
        .filter(format -> format.reads(event))
        .findFirst()
        .map(format -> format.drafts(event))
        .orElse(List.of());
  }
}
