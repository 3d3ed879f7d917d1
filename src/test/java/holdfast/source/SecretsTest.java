package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.ConnectionSpec;
import holdfast.plan.PostgresSpec.Content;
import holdfast.plan.SecretRef;
import holdfast.process.PrivateCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A password reaches the server and nothing else: no argument, no environment, no file left. */
@Timeout(60)
class SecretsTest {

  private static final ConnectionSpec NO_SERVER = Sample.server("127.0.0.1", 1, "u", null);
  @TempDir static Path folder;
  private static PrivateCluster cluster;
  private static ConnectionSpec server;

  @BeforeAll
  static void aServerThatAsksForPasswords() throws Exception {
    PrivateCluster.Options options =
        new PrivateCluster.Options(folder.resolve("pg"), false, Map.of());
    try (PrivateCluster open = PrivateCluster.start(options)) {
      run(
          open.dataSource("postgres"),
          "ALTER ROLE holdfast PASSWORD '" + Sample.PASSWORD + "'",
          "CREATE DATABASE copy",
          "CREATE TABLE t AS SELECT i, repeat('x', 500) FROM generate_series(1, 20000) i");
    }
    Files.writeString(folder.resolve("pg/data/pg_hba.conf"), "local all all scram-sha-256\n");
    cluster = PrivateCluster.start(options);
    server =
        Sample.server(
            cluster.socketFolder().toString(),
            5432,
            "holdfast",
            new SecretRef(SecretRef.Kind.ENV, "DB_PASSWORD"));
  }

  private static void run(javax.sql.DataSource source, String... sql) throws SQLException {
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  @AfterAll
  static void stop() {
    cluster.destroy();
  }

  @Test
  void dumping_and_loading_with_a_password_shows_it_nowhere() throws Exception {
    Source source = Sample.sources(server).of(Sample.asset("postgres", Content.FULL));
    byte[] bytes;
    try (Source.Dump dump = source.dump(source.probe())) {
      int first = dump.bytes().read();
      assertThat(first).isEqualTo('P');
      assertThat(seenByOthers()).isNotEmpty().noneMatch(text -> text.contains(Sample.PASSWORD));
      assertThat(passFiles()).hasSize(1).allSatisfy(SecretsTest::isPrivate);
      byte[] rest = dump.bytes().readAllBytes();
      dump.evidence();
      bytes = new byte[rest.length + 1];
      bytes[0] = (byte) first;
      System.arraycopy(rest, 0, bytes, 1, rest.length);
    }
    assertThat(passFiles()).isEmpty();
    PostgresServers servers = Sample.servers();
    try (Servers.Reach reach = servers.reach(server, "copy")) {
      Sample.sources(NO_SERVER).load(new ByteArrayInputStream(bytes), reach.target(), end -> {});
    }
    assertThat(passFiles()).isEmpty();
    try (Connection connection = servers.dataSource(server, "copy").getConnection();
        var rows = connection.createStatement().executeQuery("SELECT count(*) FROM t")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(20_000);
    }
  }

  /** Argument lists and environments of everything we started. */
  private static List<String> seenByOthers() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(child -> Stream.of("cmdline", "environ").map(name -> read(child.pid(), name)))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String read(long pid, String name) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(pid), name), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  private static List<Path> passFiles() throws IOException {
    Path memory = Path.of("/dev/shm");
    Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    String ours = "holdfast-pass-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.filter(path -> path.getFileName().toString().startsWith(ours)).toList();
    }
  }

  private static void isPrivate(Path path) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("pgpass"))))
        .isEqualTo("rw-------");
  }

  @Test
  void files_of_a_process_that_is_gone_are_swept() throws IOException {
    Path memory = Path.of("/dev/shm");
    Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    Path old = Files.createTempDirectory(parent, "holdfast-pass-999999999-");
    Files.writeString(old.resolve("pgpass"), "x");
    PassFile.sweep();
    assertThat(old).doesNotExist();
  }
}
