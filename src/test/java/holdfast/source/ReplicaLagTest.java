package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.harness.Postgres;
import holdfast.harness.Replica;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Secrets;
import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** How far a real replica lies behind, asked itself and through its primary. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicaLagTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(30);

  private Replica pair;
  private DatabaseLook look;

  @BeforeAll
  void start() throws IOException, InterruptedException, SQLException {
    pair = Replica.start();
    look =
        Looks.over(
            new Secrets(List.of()),
            connection("primary", pair.primary(), pair.primary().user()),
            connection("guest", pair.primary(), "guest"),
            connection("replica", pair.replica(), pair.replica().user()),
            connection("lonely", Postgres.cluster(), Postgres.cluster().user()));
    run(
        pair.primary(),
        "CREATE TABLE work (n int)",
        "CREATE ROLE guest LOGIN",
        "INSERT INTO work VALUES (1)");
    await().atMost(LONG).until(() -> Duration.ZERO.equals(lag("replica").behind()));
  }

  private static ConnectionSpec connection(String name, PrivateCluster cluster, String user) {
    return new ConnectionSpec(
        name,
        cluster.socketFolder().toString(),
        cluster.port(),
        user,
        null,
        "disable",
        Sample.ORIGIN);
  }

  @AfterAll
  void stop() {
    pair.close();
  }

  private ReplicaLag lag(String connection) {
    return look.lag(connection, "postgres", PATIENCE);
  }

  private static void run(PrivateCluster cluster, String... sql) throws SQLException {
    try (Connection connection = cluster.dataSource("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  @Test
  @Order(1)
  void a_quiet_primary_is_no_lag_however_long_ago_its_last_transaction_was() {
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    assertThat(lag("replica")).isEqualTo(new ReplicaLag(true, Duration.ZERO));
    assertThat(lag("primary")).isEqualTo(new ReplicaLag(true, Duration.ZERO));
  }

  @Test
  @Order(2)
  void what_is_received_and_not_replayed_is_a_lag_that_grows() throws SQLException {
    run(pair.replica(), "SELECT pg_wal_replay_pause()");
    run(pair.primary(), "INSERT INTO work VALUES (2)");
    await().atMost(LONG).until(() -> behindAtLeast("replica", 3));
    await().atMost(LONG).until(() -> behindAtLeast("primary", 2));

    run(pair.replica(), "SELECT pg_wal_replay_resume()");
    await().atMost(LONG).until(() -> Duration.ZERO.equals(lag("replica").behind()));
    await().atMost(LONG).until(() -> Duration.ZERO.equals(lag("primary").behind()));
  }

  private boolean behindAtLeast(String connection, int seconds) {
    ReplicaLag lag = lag(connection);
    return lag.connected()
        && lag.behind() != null
        && lag.behind().compareTo(Duration.ofSeconds(seconds)) >= 0;
  }

  @Test
  @Order(3)
  void a_user_from_whom_lags_are_hidden_is_refused_and_told_what_is_missing() {
    assertThatThrownBy(() -> lag("guest"))
        .isInstanceOfSatisfying(
            RunException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.DENIED);
              assertThat(refused).hasMessageContaining("GRANT pg_monitor");
            });
  }

  @Test
  @Order(4)
  void a_primary_without_a_replica_says_that_none_is_connected() {
    assertThat(lag("lonely")).isEqualTo(new ReplicaLag(false, null));
  }

  @Test
  @Order(5)
  void a_replica_whose_primary_is_gone_is_not_connected_and_falls_behind() {
    pair.primary().close();
    await().atMost(LONG).until(() -> !lag("replica").connected());
    assertThat(lag("replica").behind()).isPositive();
  }
}
