package holdfast.process;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of our own: initdb in a private folder, unix socket only, under another user
 * where we are root. Used for the journal, for scratch servers and by the tests.
 *
 * <p>Everybody who can reach the socket is trusted, so the folder is 0700. The server ends with the
 * process that started it, even when that is killed (where {@code setpriv} exists); what is left
 * behind all the same is stopped by the next start.
 */
public final class PrivateCluster implements AutoCloseable {

  static final int PORT = 5432;
  private static final String SUPERUSER = "holdfast";
  private static final Duration FOREVER = Duration.ofDays(36500);
  private static final Duration INIT_PATIENCE = Duration.ofMinutes(2);
  private static final long FAST_STOP_MILLIS = 30_000;
  private static final long IMMEDIATE_STOP_MILLIS = 5_000;

  /**
   * What to make.
   *
   * @param folder 0700, created if absent; an existing cluster in it is started again
   * @param durable false switches fsync off, for scratch
   * @param settings postgresql.conf settings on top
   */
  public record Options(Path folder, boolean durable, Map<String, String> settings) {}

  private final Options options;
  private final ClusterFolder folder;
  private final Processes processes = new Processes();
  private final PostgresTools tools = PostgresTools.find(processes);
  private @Nullable Path socketFolder;
  private @Nullable ServerProcess server;

  private PrivateCluster(Options options) throws IOException {
    this.options = options;
    this.folder = new ClusterFolder(options.folder());
  }

  /**
   * Makes the cluster if it is not there, and starts it.
   *
   * @throws RunException BUSY when another process uses the folder, UNFIT_TOOL without PostgreSQL,
   *     FULL, or UNREACHABLE with the server's own last words
   */
  public static PrivateCluster start(Options options) {
    try {
      PrivateCluster cluster = new PrivateCluster(options);
      cluster.folder.hold();
      try {
        cluster.launch();
        return cluster;
      } catch (IOException | RuntimeException e) {
        cluster.giveUp(e);
        throw e;
      }
    } catch (IOException e) {
      throw failed(options.folder(), "its folder cannot be used: " + e.getMessage());
    }
  }

  /** What is not durable is nobody's once it did not start; a durable cluster is never deleted. */
  private void giveUp(Exception why) {
    if (options.durable()) {
      close();
      return;
    }
    boolean interrupted = Thread.interrupted(); // the server's end must be waited for
    try {
      destroy();
    } catch (RunException e) {
      why.addSuppressed(e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Deletes the cluster that a dead process left in {@code folder}, and ends its server if that is
   * still there.
   *
   * @throws RunException BUSY when a living process uses the folder, FULL when it cannot be deleted
   */
  public static void remove(Path folder) {
    try {
      PrivateCluster cluster = new PrivateCluster(new Options(folder, false, Map.of()));
      cluster.folder.hold();
      Orphans.stop(cluster.folder.data());
      cluster.destroy();
    } catch (IOException e) {
      throw failed(folder, "what was left there cannot be removed: " + e.getMessage());
    }
  }

  private void launch() throws IOException {
    Orphans.stop(folder.data());
    if (!Files.exists(folder.data().resolve("PG_VERSION"))) {
      init();
    }
    socketFolder = folder.socket();
    server = ServerProcess.start(processes, serverCommand());
    String trouble = server.awaitReady(folder.data().resolve("postmaster.pid"));
    if (trouble != null) {
      throw failed(folder.path(), trouble);
    }
  }

  private Command serverCommand() {
    List<String> arguments = new ArrayList<>(List.of("-D", folder.seen("data")));
    arguments.addAll(ClusterSettings.arguments(options, folder.socketSeen()));
    return command("postgres", arguments, FOREVER);
  }

  /** In a folder beside, so that a cluster half made is never taken for one. */
  private void init() throws IOException {
    Path fresh = folder.path().resolve("data.new");
    ClusterFolder.delete(fresh);
    folder.own(fresh);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-D", folder.seen("data.new"), "-A", "trust", "-U", SUPERUSER));
    arguments.addAll(List.of("-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"));
    if (!options.durable()) {
      arguments.add("--no-sync");
    }
    try (Running initdb = processes.start(command("initdb", arguments, INIT_PATIENCE))) {
      initdb.stdout().readAllBytes();
      Running.Exit exit = initdb.await();
      if (!exit.ok()) {
        throw failed(folder.path(), "initdb " + exit.words() + ": " + exit.lastWords());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(folder.path(), "its making was interrupted");
    }
    Files.move(fresh, folder.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Command command(String program, List<String> arguments, Duration deadline) {
    return new Command(
        tools.program(program),
        arguments,
        Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin"),
        folder.user(),
        folder.path(),
        deadline);
  }

  private static RunException failed(Path folder, String why) {
    boolean full = why.contains("No space left on device");
    return new RunException(
        full ? Code.FULL : Code.UNREACHABLE,
        folder.toString(),
        false,
        "The private PostgreSQL server in %s did not start: %s".formatted(folder, why));
  }

  /** The folder of the unix socket, for PGHOST. */
  public Path socketFolder() {
    return Objects.requireNonNull(socketFolder);
  }

  /** The folder that holds everything of the cluster. */
  public Path folder() {
    return folder.path();
  }

  public int port() {
    return PORT;
  }

  /** The superuser's name. */
  public String user() {
    return SUPERUSER;
  }

  /** The process id of the server. */
  public long pid() {
    return Objects.requireNonNull(server).pid();
  }

  /** Whether the server process is there. */
  public boolean running() {
    return server != null && server.alive();
  }

  /** Connections to one database as the superuser; nothing is opened before the first is asked. */
  public PGSimpleDataSource dataSource(String database) {
    return dataSource(database, SUPERUSER);
  }

  /** Connections to one database as {@code role}. */
  public PGSimpleDataSource dataSource(String database, String role) {
    return UnixSocket.dataSource(socketFolder(), PORT, role, database);
  }

  /** Stops the server (fast); the folder stays. */
  @Override
  public void close() {
    if (server != null) {
      server.stop("INT", FAST_STOP_MILLIS);
    }
    folder.release();
  }

  /** Stops the server (immediate) and deletes the folder; never throws for what is already gone. */
  public void destroy() {
    if (server != null) {
      server.stop("QUIT", IMMEDIATE_STOP_MILLIS);
    }
    folder.release();
    try {
      ClusterFolder.delete(folder.path());
    } catch (IOException e) {
      throw new RunException(
          Code.FULL,
          folder.path().toString(),
          true,
          "The scratch folder %s could not be deleted, delete it by hand: %s"
              .formatted(folder.path(), e.getMessage()),
          e);
    }
  }
}
