package holdfast.camel;

import holdfast.camel.RouteFiles.RouteFile;
import holdfast.camel.RouteLoader.Loaded;
import holdfast.plan.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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
  private final Function<RouteFile, List<Finding>> examination;
  private final Map<Path, Loaded> working = new TreeMap<>();
  private final Map<Path, List<Finding>> aside = new TreeMap<>();

  Routes(
      RouteFiles files,
      RouteLoader loader,
      Instances instances,
      Function<RouteFile, List<Finding>> examination) {
    this.files = files;
    this.loader = loader;
    this.instances = instances;
    this.examination = examination;
  }

  /** Loads every file and opens the routes that the plan asks for. */
  synchronized void open() {
    for (RouteFile file : files.read()) {
      open(file);
    }
    instances.open();
    if (working.isEmpty()) {
      LOG.error(
          "No route could be loaded from routes/: nothing will be backed up. See 'holdfast routes check'.");
    }
  }

  private void open(RouteFile file) {
    List<Finding> findings = new ArrayList<>(examination.apply(file));
    if (findings.stream().noneMatch(Routes::isError)) {
      try {
        working.put(file.path(), loader.add(file));
        return;
      } catch (Exception refused) {
        findings.add(failure(file, refused));
      }
    }
    aside.put(file.path(), findings);
    findings.forEach(finding -> LOG.error("Put aside: {}", finding));
  }

  /** Findings of the files that were put aside. */
  synchronized List<Finding> aside() {
    return aside.values().stream().flatMap(List::stream).toList();
  }

  /** How many files work. */
  synchronized int size() {
    return working.size();
  }

  static boolean isError(Finding finding) {
    return finding.level() == Finding.Level.ERROR;
  }

  static Finding failure(RouteFile file, Exception refused) {
    return new Finding(
        Finding.Level.ERROR,
        file.path(),
        0,
        "Camel refuses this file: %s.".formatted(Delivery.sentence(refused)),
        "Correct what it names.");
  }
}
