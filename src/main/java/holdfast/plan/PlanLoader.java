package holdfast.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code application.yml} and {@code systems/*.yml} into records, or into findings that say
 * what to mend.
 */
public final class PlanLoader {

  private static final Path APPLICATION = Path.of("application.yml");

  /**
   * What reading came to.
   *
   * @param plans absent when any finding is an error
   * @param findings sorted by file and line
   * @param files the hash of each file that was read
   */
  public record Loaded(Optional<Plans> plans, List<Finding> findings, Map<Path, String> files) {}

  private final Home home;

  public PlanLoader(Home home) {
    this.home = home;
  }

  /** Reads everything below the home folder; never throws for what an operator can get wrong. */
  public Loaded load() {
    List<Finding> findings = new ArrayList<>();
    // Before the reading: an edit in between is then told of, not missed.
    Map<Path, String> files = files();
    Optional<YamlTree> application = application(findings);
    List<YamlTree> systems = systems(findings);
    application.ifPresent(tree -> new InstallationRules(tree, findings).check());
    application.ifPresent(tree -> Placeholders.check(tree, findings));
    for (YamlTree system : systems) {
      new SystemRules(system, findings).check();
      Placeholders.check(system, findings);
      References references = new References(system, findings);
      references.within();
      application.ifPresent(references::into);
    }
    oneNameEach(systems, findings);
    application.ifPresent(tree -> JournalRules.names(tree, systems, findings));
    AwsAlarmRules.queues(systems, findings);
    boolean wrong = findings.stream().anyMatch(f -> f.level() == Finding.Level.ERROR);
    return new Loaded(
        wrong ? Optional.empty() : application.map(tree -> plans(tree, systems)),
        Checks.sorted(findings),
        files);
  }

  /** The hash of each file of the plan as it is now. */
  Map<Path, String> files() {
    List<Path> files = new ArrayList<>(List.of(APPLICATION));
    filesOfSystems().stream().filter(file -> file.toString().endsWith(".yml")).forEach(files::add);
    return PlanDrift.hashes(home.folder(), files);
  }

  private Plans plans(YamlTree application, List<YamlTree> systems) {
    return JournalAsset.in(
        new Plans(
            home,
            new InstallationReader(home).read(application),
            systems.stream().map(SystemReader::read).toList()));
  }

  private Optional<YamlTree> application(List<Finding> findings) {
    return new YamlFile(home.folder(), APPLICATION, findings)
        .read()
        .flatMap(tree -> ours(tree, findings))
        .flatMap(tree -> PlanSchema.installation().accept(tree, findings));
  }

  /** Everything outside {@code holdfast:} is Spring Boot's and none of our business. */
  private static Optional<YamlTree> ours(YamlTree tree, List<Finding> findings) {
    if (tree.root().has("holdfast")) {
      ObjectNode ours = JsonNodeFactory.instance.objectNode();
      ours.set("holdfast", tree.root().get("holdfast"));
      return Optional.of(tree.withRoot(ours));
    }
    List<String> parts = new ArrayList<>();
    tree.root().fieldNames().forEachRemaining(parts::add);
    Optional<String> near = Nearest.to("holdfast", parts);
    findings.add(
        Finding.error(
            tree.at(near.map(part -> "/" + YamlNodes.escape(part)).orElse("")),
            "This file has no part 'holdfast:'.",
            near.map("Rename '%s:' to that."::formatted).orElse("See src/docs/plans.md.")));
    return Optional.empty();
  }

  private List<YamlTree> systems(List<Finding> findings) {
    PlanSchema schema = PlanSchema.system();
    return systemFiles(findings).stream()
        .flatMap(file -> new YamlFile(home.folder(), file, findings).read().stream())
        .flatMap(tree -> schema.accept(tree, findings).stream())
        .toList();
  }

  private List<Path> systemFiles(List<Finding> findings) {
    List<Path> files = new ArrayList<>();
    for (Path file : filesOfSystems()) {
      if (file.toString().endsWith(".yml")) {
        files.add(file);
      } else if (file.toString().endsWith(".yaml")) {
        findings.add(
            new Finding(
                Finding.Level.WARNING,
                file,
                0,
                "This file is not read.",
                "Rename it to end in .yml."));
      }
    }
    if (files.isEmpty()) {
      findings.add(
          new Finding(
              Finding.Level.WARNING,
              Path.of("systems"),
              0,
              "No system is declared, so nothing is protected.",
              "Run 'holdfast init', or write one as src/docs/plans.md shows."));
    }
    return files;
  }

  private List<Path> filesOfSystems() {
    try (Stream<Path> files = Files.list(home.systems())) {
      return files
          .filter(Files::isRegularFile)
          .map(Path::getFileName)
          .filter(file -> !file.toString().startsWith("."))
          .map(Path.of("systems")::resolve)
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void oneNameEach(List<YamlTree> systems, List<Finding> findings) {
    Map<String, Path> seen = new HashMap<>();
    for (YamlTree tree : systems) {
      Section system = new Section(tree, "");
      Path first = seen.putIfAbsent(system.text("system"), tree.file());
      if (first != null) {
        findings.add(
            Finding.error(
                system.origin("system"),
                "System '%s' is already declared in %s.".formatted(system.text("system"), first),
                "Rename or remove one of them."));
      }
    }
  }
}
