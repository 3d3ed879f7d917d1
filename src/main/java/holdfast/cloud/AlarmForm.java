package holdfast.cloud;

import holdfast.plan.AwsAlarm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** An alarm of the plan as CloudWatch knows it, and either's fields in words. */
final class AlarmForm {

  /** What the value of an expression is called among its metrics. */
  private static final String RESULT = "result";

  private AlarmForm() {}

  static MetricAlarm of(String prefix, AwsAlarm alarm) {
    MetricAlarm.Builder form =
        MetricAlarm.builder()
            .alarmName(prefix + alarm.name())
            .alarmDescription(alarm.description())
            .comparisonOperator(alarm.comparison().awsName())
            .threshold(alarm.threshold())
            .datapointsToAlarm(alarm.breaches())
            .evaluationPeriods(alarm.periods())
            .treatMissingData(alarm.missing().awsName());
    if (alarm.watched() instanceof AwsAlarm.Metric metric) {
      single(form, metric);
    } else if (alarm.watched() instanceof AwsAlarm.Expression expression) {
      form.metrics(queries(expression));
    }
    return form.build();
  }

  private static void single(MetricAlarm.Builder form, AwsAlarm.Metric metric) {
    form.namespace(metric.namespace())
        .metricName(metric.metric())
        .dimensions(dimensions(metric.dimensions()))
        .period(Math.toIntExact(metric.period().toSeconds()))
        .unit(metric.unit());
    if (metric.statistic().startsWith("p")) {
      form.extendedStatistic(metric.statistic());
    } else {
      form.statistic(metric.statistic());
    }
  }

  private static List<MetricDataQuery> queries(AwsAlarm.Expression expression) {
    List<MetricDataQuery> queries = new ArrayList<>();
    queries.add(
        MetricDataQuery.builder()
            .id(RESULT)
            .expression(expression.expression())
            .returnData(true)
            .build());
    expression.metrics().forEach((name, metric) -> queries.add(query(name, metric)));
    return queries;
  }

  private static MetricDataQuery query(String name, AwsAlarm.Metric metric) {
    MetricStat stat =
        MetricStat.builder()
            .metric(metric(metric))
            .period(Math.toIntExact(metric.period().toSeconds()))
            .stat(metric.statistic())
            .unit(metric.unit())
            .build();
    return MetricDataQuery.builder().id(name).metricStat(stat).returnData(false).build();
  }

  static Metric metric(AwsAlarm.Metric metric) {
    return Metric.builder()
        .namespace(metric.namespace())
        .metricName(metric.metric())
        .dimensions(dimensions(metric.dimensions()))
        .build();
  }

  private static List<Dimension> dimensions(Map<String, String> dimensions) {
    return dimensions.entrySet().stream()
        .map(one -> Dimension.builder().name(one.getKey()).value(one.getValue()).build())
        .toList();
  }

  /** In the order in which people read them. */
  static Map<String, String> fields(MetricAlarm alarm) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (alarm.hasMetrics() && !alarm.metrics().isEmpty()) {
      fields.put("calculates", calculation(alarm.metrics()));
    } else {
      fields.put("namespace", text(alarm.namespace()));
      fields.put("metric", text(alarm.metricName()));
      fields.put("dimensions", words(alarm.dimensions()));
      fields.put(
          "statistic",
          text(
              alarm.extendedStatistic() == null
                  ? alarm.statisticAsString()
                  : alarm.extendedStatistic()));
      fields.put("period", alarm.period() + " s");
      fields.put("unit", alarm.unitAsString() == null ? "any" : alarm.unitAsString());
    }
    fields.put("compare", text(alarm.comparisonOperatorAsString()));
    fields.put("threshold", number(alarm.threshold()));
    fields.put("for", breaches(alarm) + " of " + alarm.evaluationPeriods());
    fields.put("missing", text(alarm.treatMissingData(), "missing"));
    fields.put("description", text(alarm.alarmDescription()));
    return fields;
  }

  /** Without a number of its own, all periods must be beyond the threshold. */
  private static Integer breaches(MetricAlarm alarm) {
    return alarm.datapointsToAlarm() == null
        ? alarm.evaluationPeriods()
        : alarm.datapointsToAlarm();
  }

  private static String calculation(List<MetricDataQuery> queries) {
    return queries.stream()
        .sorted(Comparator.comparing(MetricDataQuery::id))
        .map(AlarmForm::words)
        .collect(Collectors.joining("; "));
  }

  private static String words(MetricDataQuery query) {
    MetricStat stat = query.metricStat();
    if (stat == null) {
      return query.id() + " = " + query.expression();
    }
    return "%s = %s of %s %s (%s) in %d s%s"
        .formatted(
            query.id(),
            stat.stat(),
            stat.metric().namespace(),
            stat.metric().metricName(),
            words(stat.metric().dimensions()),
            stat.period(),
            stat.unitAsString() == null ? "" : ", " + stat.unitAsString());
  }

  private static String words(List<Dimension> dimensions) {
    return dimensions.stream()
        .map(one -> one.name() + "=" + one.value())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String number(@Nullable Double number) {
    return number == null
        ? "none"
        : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String text(@Nullable String text) {
    return text(text, "");
  }

  private static String text(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }
}
