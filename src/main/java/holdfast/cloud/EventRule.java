package holdfast.cloud;

import holdfast.plan.AwsEvents;
import java.util.List;
import java.util.Map;

/**
 * A rule of EventBridge.
 *
 * @param pattern which events, as JSON
 */
record EventRule(String name, String description, String pattern) {

  private static final String SOURCE = "source";
  private static final String TYPE = "detail-type";
  private static final String DETAIL = "detail";

  /** Jobs of AWS Backup; restores call it their status, the others their state. */
  private static final List<String> ENDED =
      List.of("FAILED", "ABORTED", "EXPIRED", "PARTIAL", "COMPLETED");

  /** Changes of state of exactly these alarms. */
  static EventRule ofAlarms(String prefix, List<String> names) {
    return new EventRule(
        prefix + "alarms",
        "Alarms of CloudWatch to Holdfast",
        Documents.write(
            Map.of(
                SOURCE,
                List.of("aws.cloudwatch"),
                TYPE,
                List.of("CloudWatch Alarm State Change"),
                DETAIL,
                Map.of("alarmName", names))));
  }

  static EventRule of(String prefix, AwsEvents events) {
    return new EventRule(
        prefix + events.words(),
        "Events of %s to Holdfast".formatted(events.words()),
        Documents.write(pattern(events)));
  }

  private static Map<String, Object> pattern(AwsEvents events) {
    return switch (events) {
      case RDS ->
          types(
              "aws.rds",
              "RDS DB Instance Event",
              "RDS DB Cluster Event",
              "RDS DB Snapshot Event",
              "RDS DB Cluster Snapshot Event");
      case BACKUP ->
          detailed(
              "aws.backup",
              List.of(
                  "Backup Job State Change", "Copy Job State Change", "Restore Job State Change"),
              Map.of("$or", List.of(Map.of("state", ENDED), Map.of("status", ENDED))));
      case GUARDDUTY ->
          detailed(
              "aws.guardduty",
              List.of("GuardDuty Finding"),
              Map.of("severity", List.of(Map.of("numeric", List.of(">=", 4)))));
      case CLOUDTRAIL -> trail();
      case HEALTH ->
          detailed(
              "aws.health",
              List.of("AWS Health Event"),
              Map.of("eventTypeCategory", List.of("issue", "investigation")));
      case EC2 ->
          detailed(
              "aws.ec2",
              List.of("EC2 Instance State-change Notification"),
              Map.of("state", List.of("running", "stopping", "stopped", "terminated")));
      case ECS -> types("aws.ecs", "ECS Deployment State Change", "ECS Service Action");
      case AUTOSCALING ->
          types(
              "aws.autoscaling",
              "EC2 Instance Launch Successful",
              "EC2 Instance Launch Unsuccessful",
              "EC2 Instance Terminate Unsuccessful");
      case CODEPIPELINE ->
          detailed(
              "aws.codepipeline",
              List.of("CodePipeline Pipeline Execution State Change"),
              Map.of("state", List.of("FAILED", "SUCCEEDED", "STOPPED")));
      case ELASTICACHE ->
          types(
              "aws.elasticache",
              "Cache Creation Failed",
              "Cache Update Failed",
              "Cache Limit Approaching",
              "Snapshot Creation Failed",
              "Snapshot Copy Failed",
              "Snapshot Export Failed",
              "Cache Created",
              "Cache Updated",
              "Snapshot Created");
    };
  }

  /** Calls that blind the record or remove what a recovery would need. */
  private static Map<String, Object> trail() {
    return Map.of(
        TYPE,
        List.of("AWS API Call via CloudTrail"),
        DETAIL,
        Map.of(
            "eventName",
            List.of(
                "StopLogging",
                "DeleteTrail",
                "UpdateTrail",
                "PutEventSelectors",
                "DeleteDBInstance",
                "DeleteDBCluster",
                "DeleteDBSnapshot",
                "DeleteDBClusterSnapshot",
                "DeleteRecoveryPoint",
                "DeleteBackupVault",
                "DeleteBackupPlan",
                "DeleteBucket",
                "DeleteBucketReplication",
                "PutBucketVersioning",
                "ScheduleKeyDeletion",
                "DisableKey")));
  }

  private static Map<String, Object> types(String source, String... types) {
    return Map.of(SOURCE, List.of(source), TYPE, List.of(types));
  }

  private static Map<String, Object> detailed(
      String source, List<String> types, Map<String, Object> detail) {
    return Map.of(SOURCE, List.of(source), TYPE, types, DETAIL, detail);
  }
}
