package holdfast.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold for a well-formed list of alarm rules. */
final class AlarmRuleRules {

  private static final Set<String> OUTCOMES = Set.of("situation", "severity", "state", "title");

  private final List<Section> rules;
  private final List<Finding> findings;

  AlarmRuleRules(List<Section> rules, List<Finding> findings) {
    this.rules = rules;
    this.findings = findings;
  }

  /** Rules of a system: each binds its alarms to that system, if it says no more. */
  void ofSystem() {
    Map<AlarmMatch, Section> seen = new HashMap<>();
    for (Section rule : rules) {
      kinds(rule.section("match"));
      reachable(rule, seen);
    }
  }

  /** Rules of the installation. */
  void ofInstallation() {
    ofSystem();
    rules.stream()
        .filter(rule -> OUTCOMES.stream().noneMatch(rule::has))
        .forEach(
            rule ->
                error(
                    rule.origin(),
                    rule.place() + " decides nothing.",
                    "Add situation, severity, state or title."));
  }

  /** Senders that {@code application.yml} must declare; our own alarms come from us. */
  void senders(YamlTree application) {
    List<String> known =
        new ArrayList<>(
            new Section(application, "/holdfast").named("senders", Section::key).keySet());
    known.add("holdfast");
    for (Section rule : rules) {
      Section match = rule.section("match");
      match.oneOrMore("sender").stream()
          .filter(sender -> known.stream().noneMatch(new Glob(sender)::matches))
          .forEach(sender -> unknownSender(match, sender, known));
    }
  }

  private void unknownSender(Section match, String sender, List<String> known) {
    error(
        match.origin("sender"),
        "%s.sender names '%s', which is no sender.".formatted(match.place(), Echo.of(sender)),
        Nearest.fix(sender, known, "Declared: " + String.join(", ", known) + "."));
  }

  private void kinds(Section match) {
    Set<String> known = ShippedRules.kinds();
    for (String kind : match.oneOrMore("kind")) {
      Glob glob = new Glob(kind);
      if (known.stream().noneMatch(glob::matches)) {
        error(
            match.origin("kind"),
            "%s.kind names '%s', which is no kind of alarm."
                .formatted(match.place(), Echo.of(kind)),
            Nearest.fix(kind, known, "Known: " + String.join(", ", known) + "."));
      }
    }
  }

  private void reachable(Section rule, Map<AlarmMatch, Section> seen) {
    Section first = seen.putIfAbsent(AlarmRuleReader.match(rule.section("match")), rule);
    if (first != null) {
      error(
          rule.origin(),
          "%s is never asked: the rule on line %d matches the same."
              .formatted(rule.place(), first.origin().line()),
          "Make one rule of them.");
    }
  }

  private void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }
}
