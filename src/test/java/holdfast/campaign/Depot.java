package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import holdfast.harness.HomeFolder;
import holdfast.harness.Postgres;
import holdfast.harness.S3Server;
import holdfast.process.UnixSocket;
import holdfast.stream.KeyMaker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An installation with something to lose: one database, kept in a bucket and in a folder. */
final class Depot implements AutoCloseable {

  static final String ASSET = "roleferry/database";

  /** An asset of a few kilobytes. */
  static final String SMALL = "roleferry/small";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String APPLICATION =
      """
      holdfast:
        stores:
          primary: {kind: s3, bucket: %1$s, prefix: vault, region: us-east-1, endpoint: "%2$s", path-style: true, encryption: none, access-key: {file: "%3$s"}, secret-key: {file: "%4$s"}}
          shelf: {kind: directory, path: shelf}
        connections:
          prod: {host: "%5$s", user: %6$s, sslmode: disable}
        keys:
          recipients: {operations: keys/operations.public.asc}
          signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
          opening: {key: keys/operations.secret.asc, passphrase: {file: keys/operations.passphrase}}
      """;

  private static final String SYSTEM =
      """
      system: roleferry
      description: What is lost if it is lost
      plan: {version: "1", owner: DevOps Lead}
      components: [{name: database, description: PostgreSQL, priority: P0}]
      assets:
        - name: database
          component: database
          source: {kind: postgresql, connection: prod, database: %1$s}
          pipeline: {compression: zstd, level: 1, recipients: [operations]}
          stores: [%2$s]
          verification:
            after-backup: %3$s
            queries: [{name: blobs, sql: "SELECT count(*) FROM blobs", table: public.blobs, min: 1}]
          channels: []
        - name: small
          component: database
          source: {kind: postgresql, connection: prod, database: %1$s, content: schema}
          pipeline: {compression: zstd, level: 1, recipients: [operations]}
          stores: [%2$s]
          verification: {after-backup: false}
          channels: []
      contacts: [{name: DevOps Lead, role: coordinator, email: devops@example.test}]
      """;

  /** Rows that do not compress, so that a bucket gets more than one part. */
  private static final String[] BLOBS = {
    "CREATE TABLE blobs (id int PRIMARY KEY, bytes bytea NOT NULL)",
    "ALTER TABLE blobs ALTER bytes SET STORAGE EXTERNAL",
    "INSERT INTO blobs SELECT i, (SELECT decode(string_agg(md5(random()::text || i || j), ''), 'hex')"
        + " FROM generate_series(1, 1024) j) FROM generate_series(1, 1100) i"
  };

  private static final Duration END = Duration.ofSeconds(60);

  final Path home;
  final String bucket;
  private final String database;

  /** With two copies of each point, and a proof after each backup. */
  Depot() throws IOException {
    this(S3Server.shared().endpoint(), "primary, shelf", true);
  }

  /**
   * With copies in these stores.
   *
   * @param s3 where the bucket is reached
   */
  Depot(URI s3, String stores, boolean proofs) throws IOException {
    home = Files.createTempDirectory("holdfast-depot");
    bucket =
        S3Server.shared()
            .bucket(
                "depot-%d-%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet()));
    database = Postgres.database("depot", BLOBS);
    HomeFolder folder = new HomeFolder(home);
    keys();
    folder.copy(Path.of("routes"));
    folder.write(
        "application.yml",
        APPLICATION.formatted(
            bucket,
            s3,
            S3Server.shared().accessKeyFile(),
            S3Server.shared().secretKeyFile(),
            Postgres.cluster().socketFolder(),
            Postgres.cluster().user()));
    folder.write("systems/roleferry.yml", SYSTEM.formatted(database, stores, proofs));
    Files.createDirectories(shelf());
  }

  private void keys() {
    for (String name : List.of("operations", "signing")) {
      KeyMaker.make(
          home.resolve("keys"),
          name,
          name.equals("signing") ? KeyMaker.Use.SIGN : KeyMaker.Use.ENCRYPT,
          KeyMaker.newPassphrase(home.resolve("keys/" + name + ".passphrase")),
          InstantSource.system().instant());
    }
  }

  Path shelf() {
    return home.resolve("shelf");
  }

  /** The service's own journal, while its server runs. */
  JdbcClient journal() {
    Path socket = home.resolve(".holdfast/journal/socket");
    return JdbcClient.create(UnixSocket.dataSource(socket, 5432, "holdfast", "postgres"));
  }

  @Override
  public void close() throws IOException {
    new DepotStock(this).empty();
    Postgres.run("postgres", "DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(database));
    // Scratch servers end with the service that had started them, and write until they do.
    await().atMost(END).ignoreExceptionsInstanceOf(IOException.class).until(this::deleted);
  }

  private boolean deleted() throws IOException {
    HomeFolder.delete(home);
    return true;
  }
}
