package holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description = {
      "Write application.yml and systems/NAME.yml for your database, and make keys.",
      "Asks for what is not given. Overwrites nothing."
    })
final class InitCommand implements Callable<Integer> {

  @Mixin private Options options;

  @Option(names = "--system", description = "A name for the system, such as shop.")
  private @Nullable String system;

  @Option(names = "--host", description = "The database server, or the folder of its unix socket.")
  private @Nullable String host;

  @Option(names = "--port", description = "Its port (default 5432).")
  private int port = 5432;

  @Option(names = "--user", description = "The role that Holdfast connects as.")
  private @Nullable String user;

  @Option(names = "--database", description = "The database to protect.")
  private @Nullable String database;

  @Option(
      names = "--password-file",
      description =
          "A 0600 file with the password; without it, it is asked for where there is a terminal.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--bucket",
      description = "The S3 bucket; or a folder, written as an absolute path.")
  private @Nullable String bucket;

  @Option(names = "--region", description = "The bucket's region (default us-east-1).")
  private String region = "us-east-1";

  @Option(names = "--endpoint", description = "The S3 server, where it is not AWS.")
  private @Nullable String endpoint;

  @Option(names = "--email", description = "The mail address of who is told.")
  private @Nullable String email;

  @Option(
      names = "--mail-server",
      description = "The mail server that takes such mail (STARTTLS, port 587).")
  private @Nullable String mailServer;

  @Option(names = "--zone", description = "The time zone of the schedule (default: this host's).")
  private String zone = java.time.ZoneId.systemDefault().getId();

  private final Terminal terminal;

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path home = Services.home().folder();
    String name = asked("--system", "Name of the system", system);
    List<Path> files =
        List.of(home.resolve("application.yml"), home.resolve("systems").resolve(name + ".yml"));
    Path password = home.resolve("secrets").resolve("database.password");
    for (Path file : List.of(files.get(0), files.get(1), password)) {
      if (Files.exists(file)) {
        throw new RefusedException(
            Exit.REFUSED,
            file
                + " is there already; init overwrites nothing. Move it away, or name an empty folder in HOLDFAST_HOME.");
      }
    }
    List<Probe.Table> tables;
    try {
      tables = write(plan(name, password(password)), files);
    } catch (IOException | RuntimeException e) {
      for (Path file : List.of(files.get(0), files.get(1), password)) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
    routes(home);
    new KeyCommand(terminal).keys();
    report(files, tables);
    return Exit.DONE;
  }

  private static List<Probe.Table> write(FirstPlan plan, List<Path> files) throws IOException {
    Files.createDirectories(files.get(1).getParent());
    Files.writeString(files.get(0), plan.application());
    List<Probe.Table> tables =
        new Probe(Services.home()).tables(plan.system(), plan.connection().database());
    Files.writeString(files.get(1), plan.text(tables));
    if (plan.place().folder()) {
      Files.createDirectories(
          Path.of(plan.place().name()),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return tables;
  }

  private FirstPlan plan(String name, boolean password) {
    FirstPlan.Connection connection =
        new FirstPlan.Connection(
            asked("--host", "Database server", host),
            port,
            asked("--user", "Role to connect as", user),
            asked("--database", "Database", database));
    String place = asked("--bucket", "S3 bucket, or an absolute folder", bucket);
    return new FirstPlan(
        name, connection, password, new FirstPlan.Place(place, region, endpoint), zone, reader());
  }

  private FirstPlan.@Nullable Reader reader() {
    if (email == null && mailServer == null) {
      return null;
    }
    return new FirstPlan.Reader(
        asked("--email", "Mail address of who is told", email),
        asked("--mail-server", "Mail server", mailServer));
  }

  /** Keeps the password in a 0600 file; false where none is needed. */
  private boolean password(Path kept) throws IOException {
    String secret = "";
    if (passwordFile != null) {
      secret = Files.readString(passwordFile).strip();
    } else if (System.console() != null) {
      char[] typed = System.console().readPassword("Database password (empty for none): ");
      secret = new String(typed);
    }
    if (secret.isEmpty()) {
      return false;
    }
    Files.createDirectories(kept.getParent());
    Files.createFile(
        kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(kept, secret, StandardCharsets.UTF_8);
    return true;
  }

  /** The routes as shipped, where the home folder has none. */
  private static void routes(Path home) throws IOException {
    Path shipped = Path.of(System.getProperty("holdfast.install", ".")).resolve("routes");
    Path target = home.resolve("routes");
    if (Files.exists(target) || !Files.isDirectory(shipped)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(shipped)) {
      tree.forEach(files::add);
    }
    for (Path file : files) {
      Path to = target.resolve(shipped.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(to);
      } else {
        Files.copy(file, to);
      }
    }
  }

  private void report(List<Path> files, List<Probe.Table> tables) {
    ObjectNode written = Service.JSON.createObjectNode();
    files.forEach(file -> written.withArray("written").add(file.toString()));
    List<String> names = tables.stream().map(Probe.Table::name).toList();
    names.forEach(written.withArray("tables")::add);
    new Answers(terminal, options)
        .print(
            "written",
            written,
            done -> {
              files.forEach(file -> terminal.say("Written: " + file));
              terminal.say("A verification query stands there for each of " + names + ".");
              if (email == null) {
                terminal.say("Nobody is told yet: add channels, contacts and escalation.");
              }
              terminal.say("Next: holdfast check, then holdfast backup, then holdfast serve.");
            });
  }

  private static String asked(String option, String question, @Nullable String given) {
    if (given != null && !given.isBlank()) {
      return given;
    }
    Console console = System.console();
    String answer = console == null ? null : console.readLine("%s: ", question);
    if (answer == null || answer.isBlank()) {
      throw new RefusedException(
          Exit.USAGE, "Give %s, or run init in a terminal, where it asks.".formatted(option));
    }
    return answer.strip();
  }
}
