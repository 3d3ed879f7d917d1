package holdfast.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what shall be put into AWS from a well-formed file. */
final class AwsAlarmReader {

  static final Duration PERIOD = Duration.ofMinutes(5);
  private static final String STATISTIC = "Average";
  private static final AwsAlarmKind.Limit LIMIT =
      new AwsAlarmKind.Limit(AwsAlarm.Comparison.GREATER, null, "3 of 3", AwsAlarm.Missing.MISSING);
  private static final AwsAlarmKind.Meaning MEANING =
      new AwsAlarmKind.Meaning(Severity.MEDIUM, Situation.APPLICATION, "");

  private AwsAlarmReader() {}

  static AwsAlarms read(String system, Section at) {
    return new AwsAlarms(
        InstallationReader.access(at),
        at.text("queue", AwsAlarms.queueOf(system)),
        at.texts("topics"),
        at.sections("alarms").stream().map(AwsAlarmReader::alarm).toList(),
        at.texts("events").stream()
            .map(event -> AwsEvents.valueOf(event.toUpperCase(Locale.ROOT)))
            .toList(),
        at.origin());
  }

  private static AwsAlarm alarm(Section at) {
    Optional<AwsAlarmKind> kind = AwsAlarmKind.of(at.text("kind"));
    AwsAlarmKind.Limit limit = kind.map(AwsAlarmKind::limit).orElse(LIMIT);
    AwsAlarmKind.Meaning meaning = kind.map(AwsAlarmKind::meaning).orElse(MEANING);
    String[] during = at.text("for", limit.during()).split(" of ");
    return new AwsAlarm(
        at.text("name"),
        at.text("description", meaning.description()),
        at.choice("severity", meaning.severity()),
        at.choice("situation", meaning.situation()),
        at.textOrNull("component"),
        kind.map(ready -> ready.watched(texts(at, "dimensions"), period(at, ready.period())))
            .orElseGet(() -> own(at)),
        at.has("compare") ? AwsAlarm.Comparison.of(at.text("compare")) : limit.comparison(),
        threshold(at, limit),
        Integer.parseInt(during[0]),
        Integer.parseInt(during[1]),
        at.choice("missing", limit.missing()),
        at.origin());
  }

  private static AwsAlarm.Watched own(Section at) {
    Duration period = period(at, PERIOD);
    return at.has("expression")
        ? new AwsAlarm.Expression(
            at.text("expression"),
            new TreeMap<>(at.named("metrics", metric -> metric(metric, period))),
            period)
        : metric(at, period);
  }

  private static AwsAlarm.Metric metric(Section at, Duration period) {
    return new AwsAlarm.Metric(
        at.text("namespace"),
        at.text("metric"),
        texts(at, "dimensions"),
        at.text("statistic", STATISTIC),
        period,
        at.textOrNull("unit"));
  }

  private static Duration period(Section at, Duration otherwise) {
    return at.duration("period", otherwise);
  }

  static Map<String, String> texts(Section at, String field) {
    return new TreeMap<>(at.named(field, one -> at.section(field).text(one.key())));
  }

  private static double threshold(Section at, AwsAlarmKind.Limit limit) {
    if (at.has("threshold")) {
      return Double.parseDouble(at.text("threshold"));
    }
    return limit.threshold() == null ? 0 : limit.threshold();
  }
}
