package holdfast.camel;

import holdfast.camel.RouteFiles.RouteFile;
import holdfast.camel.RouteLoader.Loaded;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files at work. One that cannot be loaded is put aside, with findings that say why,
 * while every other one works.
 */
final class Routes {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final RouteFiles files;
  private final RouteLoader loader;
  private final Instances instances;
  private final RouteBeans beans;
  private final Map<Path, Loaded> working = new TreeMap<>();
  private final Map<Path, List<Finding>> aside = new TreeMap<>();
  private final CountDownLatch opened = new CountDownLatch(1);

  Routes(RouteFiles files, RouteLoader loader, Instances instances, RouteBeans beans) {
    this.files = files;
    this.loader = loader;
    this.instances = instances;
    this.beans = beans;
  }

  /** Loads every file and opens the routes that the plan asks for. */
  synchronized void open() {
    for (RouteFile file : files.wanted()) {
      open(file);
    }
    instances.open();
    if (working.isEmpty()) {
      LOG.error(
          "No route works: nothing will be backed up. Look below routes/, then at"
              + " 'holdfast routes check'.");
    }
    opened.countDown();
  }

  /** Waits until the start has opened the routes; false where that takes longer. */
  boolean opened(Duration patience) {
    try {
      return opened.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void open(RouteFile file) {
    List<Finding> findings = new ArrayList<>(Examination.quick(file, beans));
    policyMissing(file).ifPresent(findings::add);
    if (findings.isEmpty()) {
      try {
        working.put(file.path(), loader.add(file));
        return;
      } catch (Exception refused) {
        findings.add(refused(file, refused));
      }
    }
    aside.put(file.path(), findings);
    findings.forEach(finding -> LOG.error("Put aside: {}", finding));
  }

  /** Camel would run a route without its policy and not say so. */
  private Optional<Finding> policyMissing(RouteFile file) {
    return RouteTree.read(file, new ArrayList<>())
        .map(tree -> tree.route().path("routeConfigurationId").asText())
        .filter(policy -> !policy.isEmpty() && !policies().contains(policy))
        .map(
            policy ->
                Finding.error(
                    new Origin(file.path(), 1),
                    "Its policy '%s' is not loaded.".formatted(policy),
                    "Correct the policy's file first."));
  }

  private Set<String> policies() {
    return working.values().stream()
        .flatMap(loaded -> loaded.policies().stream())
        .collect(Collectors.toSet());
  }

  /**
   * Puts {@code file} in the place of its old version, or adds it; on failure the old version is
   * back and running, and the finding says why. A WARNING says that work is inside and it waits.
   */
  synchronized Optional<Finding> swap(RouteFile file) throws Exception {
    Loaded old = working.get(file.path());
    if (old != null && !takeOut(old)) {
      return Optional.of(waiting(file.path()));
    }
    try {
      Loaded added = loader.add(file);
      working.put(file.path(), added);
      instances.open();
      Optional<String> closed = instances.closed(added.templates());
      if (closed.isPresent()) {
        takeOut(added);
        throw new IllegalStateException(closed.get());
      }
      aside.remove(file.path());
      return Optional.empty();
    } catch (Exception refused) {
      if (old != null) {
        working.put(file.path(), loader.add(old.file()));
        instances.open();
      }
      return Optional.of(refused(file, refused));
    }
  }

  /** Takes out a file that is gone; a WARNING says that work is inside and it waits. */
  synchronized Optional<Finding> remove(Path path) throws Exception {
    Loaded old = working.get(path);
    if (old != null && !takeOut(old)) {
      return Optional.of(waiting(path));
    }
    aside.remove(path);
    return Optional.empty();
  }

  private boolean takeOut(Loaded loaded) throws Exception {
    Set<String> all = new TreeSet<>(loaded.routes());
    all.addAll(instances.of(loaded.templates()));
    if (!loader.quiesce(all)) {
      return false;
    }
    instances.close(loaded.templates());
    loader.remove(loaded);
    working.remove(loaded.file().path());
    return true;
  }

  /** Files as they work now. */
  synchronized Map<Path, RouteFile> working() {
    Map<Path, RouteFile> texts = new TreeMap<>();
    working.forEach((path, loaded) -> texts.put(path, loaded.file()));
    return texts;
  }

  /** Findings of the files that were put aside at the start. */
  synchronized List<Finding> aside() {
    return aside.values().stream().flatMap(List::stream).toList();
  }

  private static Finding waiting(Path path) {
    return new Finding(
        Finding.Level.WARNING,
        path,
        0,
        "Work is inside this route, so its running version stays for now.",
        "It is changed as soon as that work is done, or at the next reload.");
  }

  private static Finding refused(RouteFile file, Exception refused) {
    return new Finding(
        Finding.Level.ERROR,
        file.path(),
        1,
        "Camel refuses this file: %s.".formatted(Failure.sentence(refused)),
        "Correct what it names.");
  }
}
