package holdfast.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a metric can say what an alarm asks of it. */
final class MetricRules {

  private static final Set<String> FEW = Set.of("<", "<=");

  private final List<Finding> findings;

  MetricRules(List<Finding> findings) {
    this.findings = findings;
  }

  /** A metric that operators name themselves. */
  void check(Section at) {
    String namespace = at.text("namespace", "");
    String metric = at.text("metric", "");
    MetricFacts.unfit(namespace, metric).ifPresent(wrong -> error(at.origin("metric"), wrong));
    String unit = MetricFacts.unit(metric);
    if (at.has("unit") && unit != null && !unit.equals(at.text("unit"))) {
      error(
          at.origin("unit"),
          new MetricFacts.Mistake(
              "%s is published in %s, never in %s, so the alarm would never see a value."
                  .formatted(metric, unit, at.text("unit")),
              "Write unit: %s, or none.".formatted(unit)));
    }
    Set<String> given = at.named("dimensions", Section::key).keySet();
    dimensions(at, namespace, given);
    if (!given.containsAll(MetricFacts.needed(namespace, metric))) {
      error(
          at.has("dimensions") ? at.origin("dimensions") : at.origin(),
          new MetricFacts.Mistake(
              "%s of %s is published only by %s, so the alarm would never see a value."
                  .formatted(
                      metric,
                      namespace,
                      String.join(" and ", MetricFacts.needed(namespace, metric))),
              "Add these dimensions."));
    }
  }

  private void dimensions(Section at, String namespace, Set<String> given) {
    List<String> known = MetricFacts.dimensions(namespace);
    for (String name : given) {
      if (known.isEmpty() || known.contains(name)) {
        continue;
      }
      Origin origin = at.section("dimensions").origin(name);
      String what = "%s has no dimension '%s'.".formatted(namespace, Echo.of(name));
      Optional<String> near = Nearest.to(name, known);
      if (near.isPresent()) {
        findings.add(Finding.error(origin, what, "Did you mean '%s'?".formatted(near.get())));
      } else {
        findings.add(
            Finding.warning(origin, what, "Known: %s.".formatted(String.join(", ", known))));
      }
    }
  }

  /** The limit of a metric that operators name themselves. */
  void threshold(Section at) {
    if (at.has("threshold")) {
      threshold(
          at.origin("threshold"), at.text("metric", ""), Double.parseDouble(at.text("threshold")));
    }
    if (at.text("metric", "").equals("DatabaseConnections") && FEW.contains(at.text("compare"))) {
      findings.add(
          Finding.warning(
              at.origin("compare"),
              "Few connections say neither that the database is down nor that a backup failed.",
              "Write events: [rds, backup], and probe the database's connection."));
    }
  }

  void threshold(Origin origin, String metric, double threshold) {
    MetricFacts.threshold(metric, threshold).ifPresent(wrong -> error(origin, wrong));
  }

  /** The dimensions of a ready-made kind. */
  void ready(Section at, AwsAlarmKind kind) {
    Set<String> given = at.named("dimensions", Section::key).keySet();
    if (kind.dimensions().stream().anyMatch(set -> Set.copyOf(set).equals(given))) {
      return;
    }
    List<String> known = kind.dimensions().stream().flatMap(List::stream).distinct().toList();
    String choices =
        kind.dimensions().stream()
            .map(set -> String.join(" and ", set))
            .collect(Collectors.joining(", or "));
    Optional<String> odd = given.stream().filter(name -> !known.contains(name)).findFirst();
    Origin origin =
        odd.map(name -> at.section("dimensions").origin(name))
            .orElseGet(() -> at.has("dimensions") ? at.origin("dimensions") : at.origin());
    String what =
        odd.map(name -> "%s has no dimension '%s'.".formatted(at.place(), Echo.of(name)))
            .orElse("%s does not say of what.".formatted(at.place()));
    String fix =
        odd.flatMap(name -> Nearest.to(name, known))
            .map("Did you mean '%s'?"::formatted)
            .orElse("Write dimensions: with %s.".formatted(choices));
    error(origin, new MetricFacts.Mistake(what, fix));
  }

  private void error(Origin origin, MetricFacts.Mistake mistake) {
    findings.add(Finding.error(origin, mistake.what(), mistake.fix()));
  }
}
