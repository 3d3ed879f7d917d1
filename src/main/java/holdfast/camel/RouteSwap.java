package holdfast.camel;

import holdfast.camel.RouteFiles.RouteFile;
import holdfast.journal.Audit;
import holdfast.plan.Finding;
import holdfast.plan.Finding.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reloads: examines everything on disk, then swaps file by file, and audits each. */
final class RouteSwap implements RouteReload {

  private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);

  private final RouteFiles files;
  private final Routes routes;
  private final Examination examination;
  private final Audit audit;

  RouteSwap(RouteFiles files, Routes routes, Examination examination, Audit audit) {
    this.files = files;
    this.routes = routes;
    this.examination = examination;
    this.audit = audit;
  }

  @Override
  public synchronized Outcome reload(String actor) {
    Map<Path, RouteFile> disk = new LinkedHashMap<>();
    files.wanted().forEach(file -> disk.put(file.path(), file));
    Map<Path, RouteFile> working = routes.working();
    List<RouteFile> changed = changed(disk, working);
    Set<Path> gone = new TreeSet<>(working.keySet());
    gone.removeAll(disk.keySet());
    if (changed.isEmpty() && gone.isEmpty()) {
      return new Outcome(List.of(), List.of());
    }
    List<Finding> findings = examination.check(List.copyOf(disk.values()), changed);
    List<String> done = new ArrayList<>();
    List<Finding> refused = new ArrayList<>();
    for (RouteFile file : changed) {
      List<Finding> own = of(file.path(), findings);
      if (own.isEmpty()) {
        own = attempt(() -> routes.swap(file).stream().toList(), file.path());
      }
      settle(actor, "route.swapped", file.path(), own, done, refused);
    }
    for (Path path : gone) {
      settle(actor, "route.removed", path, removal(path, working, findings), done, refused);
    }
    return new Outcome(List.copyOf(done), List.copyOf(refused));
  }

  /** Files that differ, and after a policy, which its routes carry within them, those routes. */
  private static List<RouteFile> changed(Map<Path, RouteFile> disk, Map<Path, RouteFile> working) {
    List<RouteFile> changed = new ArrayList<>();
    for (RouteFile file : disk.values()) {
      if (!file.equals(working.get(file.path())) || followsAny(changed, file)) {
        changed.add(file);
      }
    }
    return changed;
  }

  private static boolean followsAny(List<RouteFile> changed, RouteFile file) {
    return changed.stream()
        .filter(policy -> policy.folder().equals("policy"))
        .flatMap(policy -> RouteTree.read(policy, new ArrayList<>()).stream())
        .anyMatch(policy -> file.text().contains("routeConfigurationId: " + policy.id() + "\n"));
  }

  /** What files that work would lose by a removal speaks against it. */
  private List<Finding> removal(Path path, Map<Path, RouteFile> working, List<Finding> findings) {
    List<Finding> lost =
        findings.stream().filter(finding -> working.containsKey(finding.file())).toList();
    return lost.isEmpty() ? attempt(() -> routes.remove(path).stream().toList(), path) : lost;
  }

  private interface Attempt {
    List<Finding> make() throws Exception;
  }

  private static List<Finding> attempt(Attempt attempt, Path path) {
    try {
      return attempt.make();
    } catch (Exception broken) {
      LOG.error("Reloading {} broke off", path, broken);
      return List.of(
          new Finding(
              Level.ERROR,
              path,
              1,
              "Reloading broke off: %s.".formatted(Failure.sentence(broken)),
              "Restart the service; the log has the details."));
    }
  }

  private void settle(
      String actor,
      String action,
      Path path,
      List<Finding> findings,
      List<String> done,
      List<Finding> refused) {
    if (findings.isEmpty()) {
      done.add(path.toString());
      LOG.info("{} {} by {}", action, path, actor);
      audit.append(actor, action, path.toString(), Map.of());
      return;
    }
    refused.addAll(findings);
    findings.forEach(finding -> LOG.error("Not reloaded: {}", finding));
    audit.append(
        actor,
        "route.refused",
        path.toString(),
        Map.of("findings", findings.stream().map(Finding::toString).toList()));
  }

  private static List<Finding> of(Path path, List<Finding> findings) {
    return findings.stream().filter(finding -> path.equals(finding.file())).toList();
  }
}
