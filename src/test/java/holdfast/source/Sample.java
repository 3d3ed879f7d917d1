package holdfast.source;

import holdfast.harness.Postgres;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.CopyRules;
import holdfast.plan.Installation;
import holdfast.plan.JournalSpec;
import holdfast.plan.KeySpec;
import holdfast.plan.Lifecycle;
import holdfast.plan.Origin;
import holdfast.plan.Pipeline;
import holdfast.plan.PostgresSpec;
import holdfast.plan.PostgresSpec.Content;
import holdfast.plan.Retention;
import holdfast.plan.ScratchSpec;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.plan.Verification;
import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans and sources over the shared test server. */
final class Sample {

  static final Origin ORIGIN = new Origin(Path.of("systems/roleferry.yml"), 19);
  static final String PASSWORD = "canary-41-s3cret";

  private Sample() {}

  static ConnectionSpec server(String host, int port, String user, @Nullable SecretRef password) {
    return new ConnectionSpec("prod", host, port, user, password, "disable", ORIGIN);
  }

  static ConnectionSpec server() {
    return server(Postgres.cluster().user());
  }

  static ConnectionSpec server(String user) {
    return server(Postgres.cluster().socketFolder().toString(), 5432, user, null);
  }

  static Asset asset(String database, Content content, String... tables) {
    return new Asset(
        new AssetId("roleferry", "database"),
        "database",
        new PostgresSpec("prod", database, content, List.of(tables)),
        new Pipeline(Pipeline.Compression.ZSTD, 3, List.of()),
        List.of(),
        List.of(),
        new CopyRules(1),
        new Verification(true, Duration.ofMinutes(1), 1000, List.of()),
        new Retention(null, null),
        new Lifecycle(null, "GLACIER", null, Duration.ofDays(7)),
        List.of(),
        ORIGIN);
  }

  static Sources sources(ConnectionSpec server) {
    Processes processes = new Processes();
    return sources(server, PostgresTools.find(processes), SourceSettings.DEFAULT);
  }

  static Sources sources(ConnectionSpec server, PostgresTools programs, SourceSettings settings) {
    return new PostgresSources(
        installation(server),
        new PostgresSource.Tools(servers(), new Processes(), programs, settings));
  }

  static PostgresServers servers() {
    return new PostgresServers(new Secrets(List.of(new OnePassword())));
  }

  static Installation installation(ConnectionSpec server) {
    return new Installation(
        Map.of(),
        Map.of("prod", server),
        new KeySpec(Map.of(), null, null, null, null, ORIGIN),
        Map.of(),
        Map.of(),
        new JournalSpec(null, null, null),
        new ScratchSpec(null),
        List.of(),
        null,
        List.of());
  }

  static Source full(String database) {
    return sources(server()).of(asset(database, Content.FULL));
  }

  static Target target(String database) {
    return new Target(
        Postgres.cluster().socketFolder().toString(),
        5432,
        Postgres.cluster().user(),
        null,
        "disable",
        database);
  }

  /** Knows one password, whatever it is asked for. */
  private record OnePassword() implements SecretSource {
    @Override
    public SecretRef.Kind kind() {
      return SecretRef.Kind.ENV;
    }

    @Override
    public Secret read(SecretRef ref) {
      return new Secret(PASSWORD);
    }
  }
}
