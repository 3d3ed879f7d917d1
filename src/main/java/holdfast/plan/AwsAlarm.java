package holdfast.plan;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alarm of CloudWatch.
 *
 * @param name its last part; in AWS the system's prefix stands before it
 * @param component of the system, if it is about one
 * @param threshold in the metric's own unit
 * @param breaches so many of the newest {@code periods} must be beyond the threshold
 */
public record AwsAlarm(
    String name,
    String description,
    Severity severity,
    Situation situation,
    @Nullable String component,
    Watched watched,
    Comparison comparison,
    double threshold,
    int breaches,
    int periods,
    Missing missing,
    Origin origin) {

  /** What an alarm looks at. */
  public sealed interface Watched {

    /** How much time one value stands for. */
    Duration period();
  }

  /**
   * A metric as AWS publishes it.
   *
   * @param dimensions by name
   * @param statistic such as Average or p99
   * @param unit only where values of several units are published
   */
  public record Metric(
      String namespace,
      String metric,
      Map<String, String> dimensions,
      String statistic,
      Duration period,
      @Nullable String unit)
      implements Watched {}

  /**
   * A calculation over metrics.
   *
   * @param metrics by the names they have in the expression
   */
  public record Expression(String expression, Map<String, Metric> metrics, Duration period)
      implements Watched {}

  /** Which side of the threshold is trouble. */
  public enum Comparison {
    GREATER(">", "GreaterThanThreshold"),
    GREATER_OR_EQUAL(">=", "GreaterThanOrEqualToThreshold"),
    LESS("<", "LessThanThreshold"),
    LESS_OR_EQUAL("<=", "LessThanOrEqualToThreshold");

    private final String sign;
    private final String awsName;

    Comparison(String sign, String awsName) {
      this.sign = sign;
      this.awsName = awsName;
    }

    static Comparison of(String sign) {
      for (Comparison comparison : values()) {
        if (comparison.sign.equals(sign)) {
          return comparison;
        }
      }
      throw new IllegalArgumentException(sign);
    }

    /** As CloudWatch calls it. */
    public String awsName() {
      return awsName;
    }
  }

  /** What periods without a value count as. */
  public enum Missing {
    MISSING("missing"),
    BREACHING("breaching"),
    NOT_BREACHING("notBreaching"),
    IGNORE("ignore");

    private final String awsName;

    Missing(String awsName) {
      this.awsName = awsName;
    }

    /** As CloudWatch calls it. */
    public String awsName() {
      return awsName;
    }
  }
}
