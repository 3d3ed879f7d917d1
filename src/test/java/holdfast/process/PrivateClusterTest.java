package holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PrivateClusterTest {

  @TempDir Path temp;

  private static PrivateCluster start(Path folder, boolean durable) {
    return start(folder, Map.of(), durable);
  }

  private static PrivateCluster start(Path folder, Map<String, String> settings, boolean durable) {
    return PrivateCluster.start(new PrivateCluster.Options(folder, durable, settings));
  }

  private static String ask(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void run(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void a_cluster_keeps_its_rows_over_a_stop_and_a_start() throws Exception {
    Path folder = temp.resolve("journal");
    try (PrivateCluster cluster = start(folder, true)) {
      run(cluster.dataSource("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer");
      assertThat(ask(cluster.dataSource("postgres"), "SHOW fsync")).isEqualTo("on");
      assertThat(ask(cluster.dataSource("postgres"), "SHOW listen_addresses")).isEmpty();
    }
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    PrivateCluster again = start(folder, true);
    assertThat(ask(again.dataSource("postgres"), "SELECT answer FROM kept")).isEqualTo("42");
    again.destroy();
    assertThat(folder).doesNotExist();
    again.destroy();
  }

  @Test
  void only_its_owner_reaches_the_socket() throws IOException {
    PrivateCluster cluster = start(temp.resolve("p"), false);
    assertThat(mode(cluster.folder())).isEqualTo("rwx------");
    assertThat(mode(cluster.socketFolder())).isEqualTo("rwx------");
    assertThat(mode(cluster.folder().resolve("data"))).isEqualTo("rwx------");
    String other = Processes.otherUser();
    if (other != null) {
      assertThat(Files.getOwner(cluster.folder().resolve("data")).getName()).isEqualTo(other);
    }
    cluster.destroy();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_path_too_long_for_a_socket_gets_a_short_private_one() throws Exception {
    Path deep = temp.resolve("d".repeat(120));
    PrivateCluster cluster = start(deep, false);
    Path socket = cluster.socketFolder();
    assertThat(socket.toString().length()).isLessThan(60);
    assertThat(mode(socket)).isEqualTo("rwx------");
    assertThat(ask(cluster.dataSource("postgres"), "SELECT 1")).isEqualTo("1");
    cluster.destroy();
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_second_start_on_the_same_folder_is_refused() {
    PrivateCluster cluster = start(temp.resolve("one"), false);
    assertThatThrownBy(() -> start(temp.resolve("one"), false))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("is in use by another Holdfast process");
    assertThat(cluster.running()).isTrue();
    cluster.destroy();
  }

  @Test
  void a_server_that_does_not_start_is_no_failed_program_and_leaves_no_scratch_behind() {
    Path scratch = temp.resolve("scratch");
    assertThatThrownBy(() -> start(scratch, Map.of("max_connections", "none"), false))
        .hasMessageContaining("max_connections")
        .extracting(e -> ((RunException) e).code())
        .isEqualTo(Code.UNREACHABLE);
    assertThat(scratch).doesNotExist();
    Path journal = temp.resolve("journal");
    assertThatThrownBy(() -> start(journal, Map.of("max_connections", "none"), true))
        .isInstanceOf(RunException.class);
    assertThat(journal.resolve("data/PG_VERSION")).as("a journal is never deleted").exists();
  }

  @Test
  void a_start_that_is_interrupted_leaves_no_scratch_behind() throws Exception {
    Path scratch = temp.resolve("scratch");
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread starting =
        new Thread(() -> failure.complete(catchThrowable(() -> start(scratch, false))), "starting");
    starting.start();
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> Files.exists(scratch.resolve("data.new/base")) || failure.isDone());
    starting.interrupt();
    starting.join();
    assertThat(failure.join()).isInstanceOf(RunException.class);
    assertThat(scratch).doesNotExist();
  }

  @Test
  void a_killed_server_recovers_what_was_committed() throws Exception {
    Path folder = temp.resolve("killed");
    PrivateCluster first = start(folder, true);
    run(first.dataSource("postgres"), "CREATE TABLE kept AS SELECT 1");
    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
    await().until(() -> !first.running());
    first.close();
    assertThat(folder.resolve("data/postmaster.pid")).exists();
    PrivateCluster second = start(folder, true);
    assertThat(ask(second.dataSource("postgres"), "SELECT COUNT(*) FROM kept")).isEqualTo("1");
    second.destroy();
  }

  @Test
  void a_pid_file_that_names_a_stranger_harms_neither() throws Exception {
    Path folder = temp.resolve("stale");
    start(folder, false).close();
    Path pidFile = folder.resolve("data/postmaster.pid");
    long stranger = ProcessHandle.current().pid();
    Files.writeString(pidFile, stranger + "\n" + folder.resolve("data") + "\n0\n5432\n\n\n\n");
    PrivateCluster cluster = start(folder, false);
    assertThat(ask(cluster.dataSource("postgres"), "SELECT 1")).isEqualTo("1");
    cluster.destroy();
  }

  @Test
  void a_server_ends_with_the_process_that_started_it_and_its_folder_can_be_used_again()
      throws Exception {
    Path folder = temp.resolve("orphan");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try {
      long server = Long.parseLong(child.inputReader().readLine());
      assertThat(ProcessHandle.of(server)).isPresent();
      child.destroyForcibly().waitFor();
      PrivateCluster cluster = start(folder, true);
      assertThat(cluster.pid()).isNotEqualTo(server);
      assertThat(ask(cluster.dataSource("postgres"), "SELECT COUNT(*) FROM kept")).isEqualTo("1");
      cluster.destroy();
      await().until(() -> ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
    } finally {
      child.destroyForcibly();
    }
  }

  /** A process that starts a server and is then killed. */
  static final class Holder {

    public static void main(String[] arguments) throws Exception {
      PrivateCluster cluster = start(Path.of(arguments[0]), true);
      run(cluster.dataSource("postgres"), "CREATE TABLE kept AS SELECT 1");
      System.out.println(cluster.pid());
      System.in.read();
      Thread.currentThread().join();
    }
  }
}
