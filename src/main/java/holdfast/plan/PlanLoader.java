package holdfast.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code application.yml} and {@code systems/*.yml} into records, or into findings that say
 * what to mend.
 */
public final class PlanLoader {

  /**
   * What reading came to.
   *
   * @param plans absent when any finding is an error
   * @param findings sorted by file and line
   */
  public record Loaded(Optional<Plans> plans, List<Finding> findings) {}

  private final Home home;

  public PlanLoader(Home home) {
    this.home = home;
  }

  /** Reads everything below the home folder; never throws for what an operator can get wrong. */
  public Loaded load() {
    List<Finding> findings = new ArrayList<>();
    Optional<Installation> installation =
        read(Path.of("application.yml"), findings)
            .map(tree -> new InstallationReader(home).read(tree));
    List<SystemPlan> systems = new ArrayList<>();
    for (Path file : systemFiles()) {
      read(file, findings).map(SystemReader::read).ifPresent(systems::add);
    }
    boolean wrong = findings.stream().anyMatch(f -> f.level() == Finding.Level.ERROR);
    return new Loaded(
        wrong ? Optional.empty() : installation.map(found -> new Plans(home, found, systems)),
        List.copyOf(findings));
  }

  private Optional<YamlTree> read(Path name, List<Finding> findings) {
    return new YamlFile(home.folder(), name, findings).read();
  }

  private List<Path> systemFiles() {
    if (!Files.isDirectory(home.systems())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home.systems())) {
      return files
          .filter(file -> file.toString().endsWith(".yml"))
          .map(file -> Path.of("systems").resolve(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
