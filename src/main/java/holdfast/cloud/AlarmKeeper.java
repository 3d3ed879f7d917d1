package holdfast.cloud;

import holdfast.plan.AwsAlarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * Alarms of CloudWatch. What they do beside telling us is their owner's business: actions that
 * somebody gave to one of ours are neither drift nor lost when it is changed.
 */
final class AlarmKeeper implements Keeper {

  private final CloudWatchClient cloudWatch;
  private final Calls calls;

  AlarmKeeper(CloudWatchClient cloudWatch, Calls calls) {
    this.cloudWatch = cloudWatch;
    this.calls = calls;
  }

  @Override
  public Change.Kind kind() {
    return Change.Kind.ALARM;
  }

  @Override
  public List<Thing> wanted(Place place) {
    return place.spec().alarms().stream()
        .map(alarm -> AlarmForm.of(place.prefix(), alarm))
        .map(form -> new Thing(form.alarmName(), AlarmForm.fields(form), place.system()))
        .toList();
  }

  @Override
  public List<Thing> found(Place place) {
    return things(all -> all.alarmNamePrefix(place.prefix()));
  }

  @Override
  public Optional<Thing> find(Place place, String name) {
    return things(all -> all.alarmNames(name)).stream().findFirst();
  }

  private List<Thing> things(java.util.function.Consumer<DescribeAlarmsRequest.Builder> which) {
    DescribeAlarmsRequest.Builder ask =
        DescribeAlarmsRequest.builder()
            .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM);
    which.accept(ask);
    List<Thing> things = new ArrayList<>();
    for (var page :
        calls.ask(
            "cloudwatch:DescribeAlarms",
            () -> cloudWatch.describeAlarmsPaginator(ask.build()).stream().toList())) {
      for (MetricAlarm one : page.metricAlarms()) {
        things.add(new Thing(one.alarmName(), AlarmForm.fields(one), owner(one.alarmArn())));
      }
      for (CompositeAlarm one : page.compositeAlarms()) {
        things.add(new Thing(one.alarmName(), Map.of("rule", one.alarmRule()), null));
      }
    }
    return things;
  }

  private @Nullable String owner(String arn) {
    return calls
        .ask(
            "cloudwatch:ListTagsForResource",
            () -> cloudWatch.listTagsForResource(all -> all.resourceARN(arn)))
        .tags()
        .stream()
        .filter(tag -> tag.key().equals(Tagged.KEY))
        .map(Tag::value)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void put(Place place, String name, boolean there) {
    MetricAlarm form = AlarmForm.of(place.prefix(), alarm(place, name));
    PutMetricAlarmRequest.Builder put =
        PutMetricAlarmRequest.builder()
            .alarmName(name)
            .alarmDescription(form.alarmDescription())
            .comparisonOperator(form.comparisonOperator())
            .threshold(form.threshold())
            .datapointsToAlarm(form.datapointsToAlarm())
            .evaluationPeriods(form.evaluationPeriods())
            .treatMissingData(form.treatMissingData())
            .namespace(form.namespace())
            .metricName(form.metricName())
            .dimensions(form.hasDimensions() ? form.dimensions() : null)
            .statistic(form.statistic())
            .extendedStatistic(form.extendedStatistic())
            .period(form.period())
            .unit(form.unit())
            .metrics(form.hasMetrics() ? form.metrics() : null);
    if (there) {
      actions(put, name);
    } else {
      put.tags(Tag.builder().key(Tagged.KEY).value(place.system()).build());
    }
    calls.ask("cloudwatch:PutMetricAlarm", () -> cloudWatch.putMetricAlarm(put.build()));
  }

  private void actions(PutMetricAlarmRequest.Builder put, String name) {
    calls
        .ask(
            "cloudwatch:DescribeAlarms",
            () -> cloudWatch.describeAlarms(all -> all.alarmNames(name)))
        .metricAlarms()
        .forEach(
            there ->
                put.actionsEnabled(there.actionsEnabled())
                    .alarmActions(there.alarmActions())
                    .okActions(there.okActions())
                    .insufficientDataActions(there.insufficientDataActions()));
  }

  private static AwsAlarm alarm(Place place, String name) {
    return place.spec().alarms().stream()
        .filter(alarm -> name.equals(place.prefix() + alarm.name()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void remove(Place place, String name) {
    calls.ask(
        "cloudwatch:DeleteAlarms", () -> cloudWatch.deleteAlarms(gone -> gone.alarmNames(name)));
  }

  /** A metric that AWS has not published for two weeks is most likely written wrong. */
  @Override
  public @Nullable String note(Place place, String name) {
    AwsAlarm.Watched watched = alarm(place, name).watched();
    List<AwsAlarm.Metric> metrics =
        watched instanceof AwsAlarm.Expression expression
            ? List.copyOf(expression.metrics().values())
            : List.of((AwsAlarm.Metric) watched);
    return metrics.stream().map(AlarmForm::metric).anyMatch(this::isPublished)
        ? null
        : "AWS has published no such metric here for two weeks: check the dimensions and the region.";
  }

  private boolean isPublished(Metric metric) {
    return !calls
        .ask(
            "cloudwatch:ListMetrics",
            () ->
                cloudWatch.listMetrics(
                    all ->
                        all.namespace(metric.namespace())
                            .metricName(metric.metricName())
                            .dimensions(
                                metric.dimensions().stream().map(AlarmKeeper::filter).toList())))
        .metrics()
        .isEmpty();
  }

  private static software.amazon.awssdk.services.cloudwatch.model.DimensionFilter filter(
      software.amazon.awssdk.services.cloudwatch.model.Dimension dimension) {
    return software.amazon.awssdk.services.cloudwatch.model.DimensionFilter.builder()
        .name(dimension.name())
        .value(dimension.value())
        .build();
  }
}
