package holdfast.plan;

import java.util.List;
import java.util.Map;

/**
 * What Holdfast puts into one region of AWS so that it hears of trouble there.
 *
 * @param queue the name of the queue that everything ends in
 * @param topicArns topics whose messages go there too
 * @param alarms of CloudWatch
 * @param events what else AWS itself tells of
 */
public record AwsAlarms(
    AwsAccess access,
    String queue,
    List<String> topicArns,
    List<AwsAlarm> alarms,
    List<AwsEvents> events,
    Origin origin) {

  /** What the names of everything put there begin with. */
  public static String prefix(String system) {
    return "holdfast-" + system + "-";
  }

  /** The queue's name where the plan gives none. */
  static String queueOf(String system) {
    return prefix(system) + "alarms";
  }

  /** What the alarms mean when they come back, as if operators had written a rule for each. */
  List<AlarmRule> meanings(String system) {
    return alarms.stream().map(alarm -> meaning(system, alarm)).toList();
  }

  private AlarmRule meaning(String system, AwsAlarm alarm) {
    Map<String, List<Glob>> fields =
        Map.of(
            "kind", List.of(new Glob("cloudwatch-alarm")),
            "name", List.of(new Glob(prefix(system) + alarm.name())),
            "region", List.of(new Glob(access.region())));
    return new AlarmRule(
        new AlarmMatch(fields, Map.of()),
        alarm.situation(),
        alarm.severity(),
        null,
        null,
        system,
        alarm.component(),
        null,
        alarm.origin());
  }

  /** The queue that keeps what could not be read. */
  public String deadQueue() {
    return queue + "-dead";
  }
}
