package holdfast.plan;

import static holdfast.plan.AwsAlarm.Comparison.GREATER;
import static holdfast.plan.AwsAlarm.Comparison.GREATER_OR_EQUAL;
import static holdfast.plan.AwsAlarm.Comparison.LESS;
import static holdfast.plan.AwsAlarm.Missing.BREACHING;
import static holdfast.plan.AwsAlarm.Missing.MISSING;
import static holdfast.plan.AwsAlarm.Missing.NOT_BREACHING;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Alarms whose metric operators need not know. Silence counts as trouble wherever the metric is
 * always published, so that a database that is gone is heard of too.
 */
enum AwsAlarmKind {
  RDS_CONNECTIONS(
      new Form("AWS/RDS", "DatabaseConnections", "Maximum", 1),
      new Limit(GREATER, null, "3 of 5", BREACHING),
      new Meaning(Severity.HIGH, Situation.DATABASE, "The database has too many connections."),
      List.of("DBInstanceIdentifier"),
      List.of("DBClusterIdentifier")),
  RDS_STORAGE(
      new Form("AWS/RDS", "FreeStorageSpace", "Minimum", 5),
      new Limit(LESS, 10_737_418_240d, "3 of 3", BREACHING),
      new Meaning(Severity.HIGH, Situation.CAPACITY, "The database's disk is nearly full."),
      List.of("DBInstanceIdentifier")),
  RDS_CPU(
      new Form("AWS/RDS", "CPUUtilization", "Average", 5),
      new Limit(GREATER, 90d, "3 of 3", BREACHING),
      new Meaning(Severity.MEDIUM, Situation.DATABASE, "The database's processors are busy."),
      List.of("DBInstanceIdentifier"),
      List.of("DBClusterIdentifier")),
  RDS_REPLICA_LAG(
      new Form("AWS/RDS", "ReplicaLag", "Maximum", 1),
      new Limit(GREATER, 300d, "5 of 5", BREACHING),
      new Meaning(Severity.HIGH, Situation.REPLICATION, "The replica lags behind its database."),
      List.of("DBInstanceIdentifier")),
  S3_REPLICATION_LATENCY(
      new Form("AWS/S3", "ReplicationLatency", "Maximum", 1),
      new Limit(GREATER, 900d, "3 of 5", MISSING),
      new Meaning(Severity.HIGH, Situation.REPLICATION, "The replica bucket lags behind."),
      List.of("SourceBucket", "DestinationBucket", "RuleId")),
  S3_REPLICATION_FAILED(
      new Form("AWS/S3", "OperationsFailedReplication", "Sum", 5),
      new Limit(GREATER, 0d, "1 of 1", NOT_BREACHING),
      new Meaning(Severity.HIGH, Situation.REPLICATION, "Objects could not be replicated."),
      List.of("SourceBucket", "DestinationBucket", "RuleId")),
  ALB_5XX_RATE(
      new Form("AWS/ApplicationELB", "", "Sum", 1),
      new Limit(GREATER, 1d, "3 of 5", NOT_BREACHING),
      new Meaning(Severity.HIGH, Situation.APPLICATION, "Requests fail, in percent of all."),
      List.of("LoadBalancer")),
  ALB_UNHEALTHY(
      new Form("AWS/ApplicationELB", "UnHealthyHostCount", "Maximum", 1),
      new Limit(GREATER, 0d, "3 of 5", BREACHING),
      new Meaning(Severity.HIGH, Situation.SERVER, "Servers behind the load balancer are ill."),
      List.of("LoadBalancer", "TargetGroup")),
  ALB_NO_HEALTHY(
      new Form("AWS/ApplicationELB", "HealthyHostCount", "Minimum", 1),
      new Limit(LESS, 1d, "2 of 2", BREACHING),
      new Meaning(
          Severity.CRITICAL, Situation.APPLICATION, "No server behind the load balancer is well."),
      List.of("LoadBalancer", "TargetGroup")),
  EC2_STATUS(
      new Form("AWS/EC2", "StatusCheckFailed", "Maximum", 1),
      new Limit(GREATER_OR_EQUAL, 1d, "2 of 3", BREACHING),
      new Meaning(Severity.HIGH, Situation.SERVER, "The instance fails its status checks."),
      List.of("InstanceId")),
  REDIS_CONNECTIONS(
      new Form("AWS/ElastiCache", "CurrConnections", "Maximum", 1),
      new Limit(GREATER, null, "3 of 5", BREACHING),
      new Meaning(Severity.HIGH, Situation.REDIS, "Redis has too many connections."),
      List.of("CacheClusterId"),
      List.of("CacheClusterId", "CacheNodeId")),
  REDIS_MEMORY(
      new Form("AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "Maximum", 1),
      new Limit(GREATER, 90d, "3 of 5", BREACHING),
      new Meaning(Severity.HIGH, Situation.REDIS, "Redis is nearly out of memory."),
      List.of("CacheClusterId"),
      List.of("CacheClusterId", "CacheNodeId")),
  HTTP_CANARY(
      new Form("CloudWatchSynthetics", "SuccessPercent", "Average", 5),
      new Limit(LESS, 90d, "2 of 2", BREACHING),
      new Meaning(Severity.CRITICAL, Situation.APPLICATION, "The page's canary fails."),
      List.of("CanaryName"));

  /** Which metric, and how it is read; minutes is the period. */
  private record Form(String namespace, String metric, String statistic, int minutes) {}

  /** When it is trouble; without a threshold the operator must know one. */
  record Limit(
      AwsAlarm.Comparison comparison,
      @Nullable Double threshold,
      String during,
      AwsAlarm.Missing missing) {}

  /** What it is where the plan says nothing else. */
  record Meaning(Severity severity, Situation situation, String description) {}

  /**
   * Failed requests in percent of all. Those that reached no server are not among the requests, so
   * they are added; a minute without any request has no rate.
   */
  private static final String RATE =
      "IF(FILL(requests,0)+FILL(rejected,0)>0,"
          + "100*(FILL(failed,0)+FILL(rejected,0))/(FILL(requests,0)+FILL(rejected,0)),0)";

  private final Form form;
  private final Limit limit;
  private final Meaning meaning;
  private final List<List<String>> dimensions;

  @SafeVarargs
  @SuppressWarnings("ImmutableEnumChecker") // records and lists that nobody changes
  AwsAlarmKind(Form form, Limit limit, Meaning meaning, List<String>... dimensions) {
    this.form = form;
    this.limit = limit;
    this.meaning = meaning;
    this.dimensions = List.of(dimensions);
  }

  /** The kind of that name; empty where operators name the metric themselves. */
  static Optional<AwsAlarmKind> of(String words) {
    return Arrays.stream(values()).filter(kind -> kind.words().equals(words)).findFirst();
  }

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Limit limit() {
    return limit;
  }

  Meaning meaning() {
    return meaning;
  }

  /** Each a set of names that go together. */
  List<List<String>> dimensions() {
    return dimensions;
  }

  Duration period() {
    return Duration.ofMinutes(form.minutes());
  }

  AwsAlarm.Watched watched(Map<String, String> of, Duration period) {
    if (this != ALB_5XX_RATE) {
      return metric(form.metric(), of, period);
    }
    Map<String, AwsAlarm.Metric> metrics = new TreeMap<>();
    metrics.put("requests", metric("RequestCount", of, period));
    metrics.put("failed", metric("HTTPCode_Target_5XX_Count", of, period));
    metrics.put("rejected", metric("HTTPCode_ELB_5XX_Count", of, period));
    return new AwsAlarm.Expression(RATE, metrics, period);
  }

  /** The name of the metric, or of the one that is published wherever the others are. */
  String metric() {
    return form.metric();
  }

  private AwsAlarm.Metric metric(String metric, Map<String, String> of, Duration period) {
    return new AwsAlarm.Metric(form.namespace(), metric, of, form.statistic(), period, null);
  }
}
