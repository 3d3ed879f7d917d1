package holdfast.cloud;

import holdfast.plan.AwsAlarms;
import java.util.ArrayList;
import java.util.List;

/**
 * A system's part of one region, and what everything is called there.
 *
 * @param account its number; until something of ours is there, only a placeholder
 */
record Place(String system, AwsAlarms spec, String partition, String account) {

  private static final String UNKNOWN = "this-account";

  static Place unknown(String system, AwsAlarms spec) {
    return new Place(system, spec, "aws", UNKNOWN);
  }

  /** With partition and account as an ARN from here has them. */
  Place at(String arn) {
    String[] parts = arn.split(":");
    return new Place(system, spec, parts[1], parts[4]);
  }

  boolean isKnown() {
    return !account.equals(UNKNOWN);
  }

  String prefix() {
    return AwsAlarms.prefix(system);
  }

  String queueArn() {
    return arn("sqs", spec.queue());
  }

  String deadQueueArn() {
    return arn("sqs", spec.deadQueue());
  }

  /** The rules of EventBridge that are wanted. */
  List<EventRule> rules() {
    List<EventRule> rules = new ArrayList<>();
    if (!spec.alarms().isEmpty()) {
      List<String> names = spec.alarms().stream().map(alarm -> prefix() + alarm.name()).toList();
      rules.add(EventRule.ofAlarms(prefix(), names));
    }
    spec.events().forEach(events -> rules.add(EventRule.of(prefix(), events)));
    return rules;
  }

  String ruleArn(EventRule rule) {
    return arn("events", "rule/" + rule.name());
  }

  private String arn(String service, String name) {
    return String.join(":", "arn", partition, service, spec.access().region(), account, name);
  }
}
