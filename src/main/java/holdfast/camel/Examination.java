package holdfast.camel;

import holdfast.camel.Instances.Wanted;
import holdfast.camel.RouteFiles.RouteFile;
import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Examines route files in three passes: each by itself, all together, and in a trial context. */
final class Examination implements RouteCheck, Check {

  private final RouteFiles files;
  private final CamelContext live;
  private final Supplier<List<Wanted>> wanted;
  private final RouteBeans beans;

  Examination(
      RouteFiles files, CamelContext live, Supplier<List<Wanted>> wanted, RouteBeans beans) {
    this.files = files;
    this.live = live;
    this.wanted = wanted;
    this.beans = beans;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    return check();
  }

  @Override
  public List<Finding> check() {
    List<RouteFile> all = files.read();
    return check(all, all);
  }

  /**
   * Findings about {@code all} files of a folder, sorted by file and line; Camel's schema, which
   * takes its time, is asked about the {@code changed} ones only.
   */
  List<Finding> check(List<RouteFile> all, List<RouteFile> changed) {
    List<Finding> findings = new ArrayList<>();
    List<RouteTree> sound = new ArrayList<>();
    for (RouteFile file : all) {
      List<Finding> own = new ArrayList<>();
      Optional<RouteTree> tree = read(file, beans, own);
      if (own.isEmpty() && changed.contains(file)) {
        tree.flatMap(RouteSchema::finding).ifPresent(own::add);
      }
      findings.addAll(own);
      tree.filter(read -> own.isEmpty()).ifPresent(sound::add);
    }
    findings.addAll(
        RouteLinks.findings(
            sound, sound.size() == all.size(), name -> live.getRegistry().lookupByName(name)));
    sound.removeIf(tree -> named(findings, tree.file()));
    findings.addAll(trial(sound));
    findings.sort(
        Comparator.comparing((Finding finding) -> String.valueOf(finding.file()))
            .thenComparingInt(Finding::line));
    return findings;
  }

  /** The quick part, for the start: each file by itself, without Camel's large schema. */
  static List<Finding> quick(RouteFile file, RouteBeans beans) {
    List<Finding> findings = new ArrayList<>();
    read(file, beans, findings);
    return findings;
  }

  private static Optional<RouteTree> read(
      RouteFile file, RouteBeans beans, List<Finding> findings) {
    Optional<RouteTree> tree = RouteTree.read(file, findings);
    tree.ifPresent(
        read -> {
          findings.addAll(RouteShape.findings(read));
          findings.addAll(RouteForm.findings(read));
          findings.addAll(RouteSafety.findings(read));
          findings.addAll(RouteReach.findings(read, beans));
          findings.addAll(RouteIntake.findings(read));
        });
    return tree;
  }

  private List<Finding> trial(List<RouteTree> sound) {
    List<Finding> findings = new ArrayList<>();
    List<Wanted> planned = wanted.get();
    try (TrialContext trial = new TrialContext(live)) {
      for (RouteTree tree : sound) {
        trial.finding(tree, planned).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static boolean named(List<Finding> findings, RouteFile file) {
    return findings.stream().anyMatch(finding -> file.path().equals(finding.file()));
  }
}
