package holdfast.plan;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold for well-formed {@code aws-alarms}. */
final class AwsAlarmRules {

  private static final Set<String> OF_METRIC = Set.of("namespace", "metric", "statistic", "unit");
  private static final Set<String> OF_EXPRESSION = Set.of("expression", "metrics");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int LONGEST_NAMES = 1500;

  private final Section all;
  private final List<Finding> findings;
  private final MetricRules metrics;

  AwsAlarmRules(Section all, List<Finding> findings) {
    this.all = all;
    this.findings = findings;
    this.metrics = new MetricRules(findings);
  }

  /** Two systems that keep one queue would each take away what the other put there. */
  static void queues(List<YamlTree> systems, List<Finding> findings) {
    Map<List<Object>, Section> seen = new HashMap<>();
    for (YamlTree tree : systems) {
      Section system = new Section(tree, "");
      for (Section at : system.sections("aws-alarms")) {
        String queue = at.text("queue", AwsAlarms.queueOf(system.text("system")));
        Section first = seen.putIfAbsent(List.of(queue, InstallationReader.access(at)), at);
        if (first != null && !first.tree().file().equals(tree.file())) {
          findings.add(
              Finding.error(
                  at.has("queue") ? at.origin("queue") : at.origin(),
                  "The queue '%s' is already kept for the system of %s."
                      .formatted(queue, first.tree().file()),
                  "Name another one."));
        }
      }
    }
  }

  void check() {
    Map<String, Section> regions = new HashMap<>();
    for (Section at : all.sections("aws-alarms")) {
      Section first = regions.putIfAbsent(at.text("region"), at);
      if (first != null) {
        error(
            at.origin("region"),
            "%s is declared twice under aws-alarms; the first is on line %d."
                .formatted(at.text("region"), first.origin("region").line()),
            "Make one block of them.");
      }
      region(at);
    }
  }

  private void region(Section at) {
    if (at.has("access-key") != at.has("secret-key")) {
      String one = at.has("access-key") ? "access-key" : "secret-key";
      String other = at.has("access-key") ? "secret-key" : "access-key";
      error(
          at.origin(one),
          "%s has %s without %s.".formatted(at.place(), one, other),
          "Write both or neither.");
    }
    if (!at.has("alarms") && !at.has("events") && !at.has("topics")) {
      error(at.origin(), at.place() + " asks for nothing.", "Add alarms, events or topics.");
    }
    topics(at);
    names(at);
    at.sections("alarms").forEach(this::alarm);
  }

  private void topics(Section at) {
    for (String topic : at.texts("topics")) {
      if (!topic.split(":")[3].equals(at.text("region"))) {
        error(
            at.origin("topics"),
            "%s names a topic in %s but the region %s."
                .formatted(at.place(), topic.split(":")[3], at.text("region")),
            "Name it under aws-alarms of its own region.");
      }
    }
  }

  private void names(Section at) {
    Map<String, Section> seen = new HashMap<>();
    int length = 0;
    for (Section alarm : at.sections("alarms")) {
      Section first = seen.putIfAbsent(alarm.text("name"), alarm);
      if (first != null) {
        error(
            alarm.origin("name"),
            "Alarm '%s' is declared twice; the first is on line %d."
                .formatted(alarm.text("name"), first.origin("name").line()),
            "Rename or remove one of them.");
      }
      length += AwsAlarms.prefix(all.text("system")).length() + alarm.text("name").length() + 3;
    }
    if (length > LONGEST_NAMES) {
      error(
          at.origin("alarms"),
          at.place() + " has more alarms than one rule of EventBridge can name.",
          "Shorten their names, or leave some out.");
    }
  }

  private void alarm(Section at) {
    Optional<AwsAlarmKind> kind = AwsAlarmKind.of(at.text("kind"));
    during(at, kind.map(AwsAlarmKind::period).orElse(AwsAlarmReader.PERIOD));
    if (kind.isPresent()) {
      ready(at, kind.get());
    } else if (at.text("kind").equals("metric")) {
      needs(at, List.of("namespace", "metric", "threshold", "compare"));
      refuses(at, OF_EXPRESSION);
      metrics.check(at);
      metrics.threshold(at);
    } else {
      needs(at, List.of("expression", "metrics", "threshold", "compare"));
      refuses(at, OF_METRIC);
      refuses(at, Set.of("dimensions"));
      expression(at);
    }
  }

  private void ready(Section at, AwsAlarmKind kind) {
    OF_METRIC.forEach(field -> refuse(at, field));
    refuses(at, OF_EXPRESSION);
    refuses(at, Set.of("compare"));
    if (kind.limit().threshold() == null) {
      needs(at, List.of("threshold"));
    }
    metrics.ready(at, kind);
    if (at.has("threshold")) {
      metrics.threshold(at.origin("threshold"), kind.metric(), threshold(at));
    }
  }

  private static double threshold(Section at) {
    return Double.parseDouble(at.text("threshold"));
  }

  private void needs(Section at, List<String> fields) {
    fields.stream()
        .filter(field -> !at.has(field))
        .forEach(
            field ->
                error(
                    at.origin(),
                    "%s lacks '%s', which kind: %s needs."
                        .formatted(at.place(), field, at.text("kind")),
                    "Add it."));
  }

  private void refuses(Section at, Set<String> fields) {
    fields.stream().sorted().forEach(field -> refuse(at, field));
  }

  private void refuse(Section at, String field) {
    if (at.has(field)) {
      error(
          at.origin(field),
          "%s has '%s', which kind: %s does not use.".formatted(at.place(), field, at.text("kind")),
          "Remove it, or write another kind.");
    }
  }

  private void expression(Section at) {
    String expression = at.text("expression", "");
    for (Section metric : at.named("metrics", one -> one).values()) {
      metrics.check(metric);
      if (!metric.key().matches("[a-z][A-Za-z0-9_]*")) {
        error(
            metric.origin(),
            "%s cannot be called so in an expression.".formatted(metric.place()),
            "Begin with a small letter, then letters, digits and _.");
      } else if (!expression.matches(".*\\b" + metric.key() + "\\b.*")) {
        error(
            metric.origin(),
            "%s is not used in the expression.".formatted(metric.place()),
            "Use it or remove it.");
      }
    }
  }

  private void during(Section at, Duration otherwise) {
    Duration period = at.duration("period", otherwise);
    long seconds = period.toSeconds();
    if (seconds != 10 && seconds != 30 && (seconds == 0 || seconds % 60 != 0)) {
      error(
          at.origin("period"),
          "%s.period cannot be %s.".formatted(at.place(), at.text("period")),
          "Write 10s, 30s or whole minutes.");
      return;
    }
    String[] counts = at.text("for", "1 of 1").split(" of ");
    long breaches = Long.parseLong(counts[0]);
    long periods = Long.parseLong(counts[1]);
    if (breaches > periods) {
      error(
          at.origin("for"),
          "%s asks for %d of %d periods.".formatted(at.place(), breaches, periods),
          "Write the smaller number first, such as 3 of 5.");
    }
    Duration longest = seconds >= 3600 ? WEEK : DAY;
    if (period.multipliedBy(periods).compareTo(longest) > 0) {
      error(
          at.origin(at.has("for") ? "for" : "period"),
          "%s looks back further than the %s that CloudWatch allows for such periods."
              .formatted(at.place(), Amounts.words(longest)),
          "Write fewer or shorter periods.");
    }
  }

  private void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }
}
