package holdfast.process;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's programs on this machine, and their versions. */
public final class PostgresTools {

  private static final Pattern MAJOR_FOLDER = Pattern.compile("(\\d+)(\\.\\d+)?");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(?:\\.(\\d+))?");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Processes processes;
  private final Map<String, Version> versions = new ConcurrentHashMap<>();

  public PostgresTools(Path folder, Processes processes) {
    this.folder = folder;
    this.processes = processes;
  }

  /**
   * The newest installation: Debian's folders first, since the programs on its path only choose
   * among them, then the path. Where there is none, asking for a program says so.
   */
  public static PostgresTools find(Processes processes) {
    return Stream.concat(newest(Path.of("/usr/lib/postgresql"), "bin"), onPath())
        .filter(folder -> Files.isExecutable(folder.resolve("pg_dump")))
        .findFirst()
        .map(folder -> new PostgresTools(folder, processes))
        .orElseGet(() -> new PostgresTools(Path.of("/usr/bin"), processes));
  }

  public Path folder() {
    return folder;
  }

  /**
   * The absolute path of one program.
   *
   * @throws RunException UNFIT_TOOL when it is not there
   */
  public Path program(String name) {
    Path program = folder.resolve(name);
    if (!Files.isExecutable(program)) {
      throw new RunException(
          Code.UNFIT_TOOL,
          name,
          false,
          "The program %s is not in %s: install PostgreSQL's %s package."
              .formatted(name, folder, name.startsWith("pg_") ? "client" : "server"));
    }
    return program;
  }

  /** The version that a program reports, asked once. */
  public Version version(String name) {
    return versions.computeIfAbsent(name, this::ask);
  }

  private Version ask(String name) {
    Command command =
        new Command(program(name), List.of("--version"), Map.of("LC_ALL", "C"), null, PATIENCE);
    String answer = "";
    try (Running running = processes.start(command)) {
      answer = new String(running.stdout().readNBytes(200), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      // Falls through: a program without an answer is as unfit as one with a wrong answer.
    }
    Matcher matcher = VERSION.matcher(answer);
    if (!matcher.find()) {
      throw new RunException(
          Code.UNFIT_TOOL,
          name,
          false,
          "The program %s does not say its version: reinstall PostgreSQL's client package."
              .formatted(folder.resolve(name)));
    }
    int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return new Version(Integer.parseInt(matcher.group(1)), minor);
  }

  private static Stream<Path> newest(Path parent, String below) {
    if (!Files.isDirectory(parent)) {
      return Stream.empty();
    }
    try (Stream<Path> folders = Files.list(parent)) {
      return folders
          .filter(folder -> MAJOR_FOLDER.matcher(folder.getFileName().toString()).matches())
          .sorted(Comparator.comparing(PostgresTools::major).reversed())
          .map(folder -> folder.resolve(below))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static double major(Path folder) {
    return Double.parseDouble(folder.getFileName().toString());
  }

  private static Stream<Path> onPath() {
    return Optional.ofNullable(System.getenv("PATH")).stream()
        .flatMap(path -> Stream.of(path.split(":")))
        .filter(entry -> entry.startsWith("/"))
        .map(Path::of);
  }

  /** Major and minor, such as 15.20. */
  public record Version(int major, int minor) implements Comparable<Version> {

    @Override
    public int compareTo(Version other) {
      return Comparator.comparingInt(Version::major)
          .thenComparingInt(Version::minor)
          .compare(this, other);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }
}
