package holdfast.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What AWS documents of the metrics that plans like ours use, and that is easily written wrong. */
final class MetricFacts {

  private static final String REPLICATION = "Replication";

  private static final Map<String, List<String>> DIMENSIONS =
      Map.of(
          "AWS/RDS",
          List.of(
              "DBInstanceIdentifier",
              "DBClusterIdentifier",
              "DbClusterIdentifier",
              "DatabaseClass",
              "EngineName",
              "Role",
              "SourceRegion"),
          "AWS/S3",
          List.of(
              "BucketName",
              "StorageType",
              "FilterId",
              "SourceBucket",
              "DestinationBucket",
              "RuleId"),
          "AWS/ApplicationELB",
          List.of("LoadBalancer", "TargetGroup", "AvailabilityZone"),
          "AWS/ElastiCache",
          List.of(
              "CacheClusterId", "CacheNodeId", "ReplicationGroupId", "NodeGroupId", "clusterId"),
          "AWS/EC2",
          List.of("InstanceId", "AutoScalingGroupName", "ImageId", "InstanceType"),
          "AWS/SQS",
          List.of("QueueName"),
          "AWS/ECS",
          List.of("ClusterName", "ServiceName"),
          "CloudWatchSynthetics",
          List.of("CanaryName", "StepName"));

  private static final Map<String, String> UNITS =
      Map.of(
          "ReplicationLatency", "Seconds",
          "ReplicaLag", "Seconds",
          "TargetResponseTime", "Seconds",
          "FreeStorageSpace", "Bytes",
          "FreeableMemory", "Bytes",
          "CPUUtilization", "Percent",
          "EngineCPUUtilization", "Percent",
          "DatabaseMemoryUsagePercentage", "Percent",
          "SuccessPercent", "Percent",
          "DatabaseConnections", "Count");

  /** Seconds in a day: more than that is surely not meant in seconds. */
  private static final double DAY = 86_400;

  private static final double MEGABYTE = 1_000_000;

  private static final Set<String> STATUS =
      Set.of("StatusCheckFailed", "StatusCheckFailed_Instance", "StatusCheckFailed_System");

  private MetricFacts() {}

  /** The dimensions of a namespace; empty where we know none. */
  static List<String> dimensions(String namespace) {
    return DIMENSIONS.getOrDefault(namespace, List.of());
  }

  /** The dimensions without which nothing is published. */
  static List<String> needed(String namespace, String metric) {
    if (namespace.equals("AWS/S3")) {
      return metric.contains(REPLICATION)
          ? List.of("SourceBucket", "DestinationBucket", "RuleId")
          : List.of("BucketName");
    }
    return namespace.equals("AWS/ApplicationELB") ? List.of("LoadBalancer") : List.of();
  }

  /** The unit in which a metric is published, where we know it. */
  static @Nullable String unit(String metric) {
    return UNITS.get(metric);
  }

  /** Why a metric cannot say what an alarm of it is meant to say, and what can. */
  static Optional<Mistake> unfit(String namespace, String metric) {
    if (STATUS.contains(metric) && !namespace.equals("AWS/EC2")) {
      return Optional.of(
          new Mistake(
              "%s is a metric of EC2; %s publishes none of that name.".formatted(metric, namespace),
              namespace.equals("AWS/RDS")
                  ? "Write events: [rds], and probe the database's connection."
                  : "Write kind: ec2-status, or a metric of %s.".formatted(namespace)));
    }
    if (metric.equals("BackupRetentionPeriodStorageUsed")) {
      return Optional.of(
          new Mistake(
              "BackupRetentionPeriodStorageUsed counts the bytes of kept backups and says nothing of a failed one.",
              "Write events: [rds, backup]; Holdfast watches the age of its own points."));
    }
    return Optional.empty();
  }

  /** Why a threshold is surely meant in another unit. */
  static Optional<Mistake> threshold(String metric, double threshold) {
    String unit = unit(metric);
    if ("Seconds".equals(unit) && threshold > DAY) {
      return Optional.of(
          new Mistake(
              "%s is counted in seconds, and %s of them are more than a day."
                  .formatted(metric, words(threshold)),
              "Write seconds; %s milliseconds are %s."
                  .formatted(words(threshold), words(threshold / 1000))));
    }
    if ("Bytes".equals(unit) && threshold < MEGABYTE) {
      return Optional.of(
          new Mistake(
              "%s is counted in bytes, and %s of them are less than a megabyte."
                  .formatted(metric, words(threshold)),
              "Write bytes; 10 GiB are 10737418240."));
    }
    if ("Percent".equals(unit) && (threshold > 100 || threshold < 0)) {
      return Optional.of(
          new Mistake(
              "%s is a share in percent and never %s.".formatted(metric, words(threshold)),
              "Write a number from 0 to 100."));
    }
    return Optional.empty();
  }

  static String words(double number) {
    return new java.math.BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  /** What is wrong and how to mend it, each as one sentence. */
  record Mistake(String what, String fix) {}
}
