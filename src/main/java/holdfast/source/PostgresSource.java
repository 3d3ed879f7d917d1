package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.PostgresSpec;
import holdfast.plan.PostgresSpec.Content;
import holdfast.process.Command;
import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import holdfast.process.Running;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A PostgreSQL database as a logical dump: pg_dump's custom format, uncompressed, since compressing
 * is a stage of its own.
 */
final class PostgresSource implements Source {

  private static final int CONNECT_SECONDS = 10;

  private final Asset asset;
  private final ConnectionSpec server;
  private final Tools tools;

  /** What every source of this kind shares. */
  record Tools(
      Servers servers, Processes processes, PostgresTools programs, SourceSettings settings) {}

  PostgresSource(Asset asset, ConnectionSpec server, Tools tools) {
    this.asset = asset;
    this.server = server;
    this.tools = tools;
  }

  @Override
  public Facts probe() {
    PostgresSpec spec = asset.source();
    Names.require(server, spec.database());
    spec.tables().forEach(Names::requireTable);
    Probe probe = new Probe(server, spec, tools.programs().version("pg_dump"));
    try (Connection connection = connect()) {
      return probe.facts(connection);
    } catch (SQLException e) {
      throw Refusals.of(server, spec.database(), e);
    }
  }

  private Connection connect() throws SQLException {
    return tools.servers().dataSource(server, asset.source().database()).getConnection();
  }

  @Override
  public Dump dump(Facts facts) {
    Snapshot snapshot = snapshot();
    Servers.Reach reach = null;
    try {
      reach = tools.servers().reach(server, asset.source().database());
      Running program = tools.processes().start(command(reach.target(), snapshot));
      return new PostgresDump(
          asset.source().database(), program, parts(snapshot, reach), tools.settings());
    } catch (IOException | RuntimeException e) {
      snapshot.close();
      if (reach != null) {
        reach.close();
      }
      throw e instanceof RunException known ? known : notStarted(e);
    }
  }

  private Snapshot snapshot() {
    try {
      return Snapshot.open(connect());
    } catch (SQLException e) {
      throw Refusals.of(server, asset.source().database(), e);
    }
  }

  private static RunException notStarted(Exception e) {
    return new RunException(
        Code.PROGRAM_FAILED, "pg_dump", true, "pg_dump could not be started: " + e.getMessage(), e);
  }

  private PostgresDump.Parts parts(Snapshot snapshot, Servers.Reach reach) {
    Content content = asset.source().content();
    CompletableFuture<Map<String, Long>> counts =
        content == Content.FULL ? counting(snapshot) : CompletableFuture.completedFuture(Map.of());
    Runnable cleanUp =
        () -> {
          snapshot.close();
          reach.close();
        };
    return new PostgresDump.Parts(counts, true, this::blocker, cleanUp);
  }

  private CompletableFuture<Map<String, Long>> counting(Snapshot snapshot) {
    CompletableFuture<Map<String, Long>> counts = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () ->
                counts.complete(
                    snapshot.count(
                        asset.verification().countLimit(), tools.settings().countTime())),
            "counts of " + asset.id());
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> counts.completeExceptionally(e));
    thread.start();
    return counts;
  }

  private String blocker() {
    try (Connection connection = connect()) {
      return Snapshot.blocker(connection).map(who -> ", " + who).orElse("");
    } catch (SQLException | RunException e) {
      return "";
    }
  }

  private Command command(Target target, Snapshot snapshot) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--format=custom", "--compress=0", "--no-password"));
    arguments.add("--lock-wait-timeout=" + tools.settings().lockWait().toMillis());
    snapshot.id().ifPresent(id -> arguments.add("--snapshot=" + id));
    switch (asset.source().content()) {
      case SCHEMA -> arguments.add("--schema-only");
      case TABLE -> {
        arguments.add("--strict-names");
        asset.source().tables().forEach(table -> arguments.add("--table=" + pattern(table)));
      }
      case FULL -> {}
    }
    return new Command(
        tools.programs().program("pg_dump"),
        arguments,
        Libpq.environment(target, target.host(), target.password(), CONNECT_SECONDS),
        null,
        tools.settings().deadline());
  }

  /** A pattern that matches exactly the table: in quotes no character has a meaning. */
  private static String pattern(String table) {
    int dot = table.indexOf('.');
    return quoted(table.substring(0, dot)) + "." + quoted(table.substring(dot + 1));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
