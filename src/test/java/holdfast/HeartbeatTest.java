package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.camel.Starter;
import holdfast.catalog.Point;
import holdfast.harness.S3Server;
import holdfast.harness.TcpProxy;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes its time, at whatever moment, does not cost a run its life. */
class HeartbeatTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path shelf;
  private TcpProxy slow;
  private House house;

  @BeforeEach
  void start() throws IOException {
    slow = new TcpProxy(S3Server.shared().endpoint());
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    wishes.s3Endpoint = slow.endpoint().toString();
    wishes.stores = "    shelf: {kind: directory, path: %s}\n".formatted(shelf);
    wishes.storeNames = "primary, shelf";
    wishes.requiredCopies = 2;
    wishes.scratch = "transfer: {store-wait: 1s}".indent(2);
    house = House.of(wishes).start();
  }

  @AfterEach
  void end() throws IOException {
    slow.holdRequests(null);
    house.close();
    slow.close();
  }

  @Test
  void a_failed_backup_lives_while_it_removes_what_it_put() throws Exception {
    Files.createFile(shelf.resolve("roleferry"));
    slow.holdRequests("DELETE /");
    String run = house.bean(Starter.class).backup(House.ASSET, "cli", "tester");
    outlivesItsLease(run);
    Run ended = house.ended(run);
    assertThat(ended.state()).isEqualTo(Run.State.FAILED);
    assertThat(ended.failure()).contains("shelf");
  }

  @Test
  void a_backup_lives_while_its_copies_are_confirmed() throws Exception {
    slow.holdRequests("?tagging");
    String run = house.bean(Starter.class).backup(House.ASSET, "cli", "tester");
    outlivesItsLease(run);
    assertThat(house.ended(run).failure()).isNull();
  }

  @Test
  void a_proof_lives_while_it_is_put_beside_its_data() throws Exception {
    assertThat(house.backup().failure()).isNull();
    slow.holdRequests("/proof-");
    String run = house.bean(Starter.class).verify("latest:" + House.ASSET, "tester");
    outlivesItsLease(run);
    assertThat(house.ended(run).failure()).isNull();
    assertThat(house.point().state()).isEqualTo(Point.State.PROVEN);
  }

  /** Once the store waits, the lease is about to run out, and somebody must renew it. */
  private void outlivesItsLease(String run) throws SQLException {
    await().atMost(PATIENCE).until(slow::holdsRequest);
    try (Connection journal = house.bean(DataSource.class).getConnection();
        Statement statement = journal.createStatement()) {
      journal.setAutoCommit(true);
      statement.execute("UPDATE runs SET alive_until = now() + interval '30 seconds'" + of(run));
      await().atMost(PATIENCE).until(() -> renewed(statement, run));
    }
    assertThat(house.bean(Runs.class).find(run).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
    slow.holdRequests(null);
  }

  private static boolean renewed(Statement statement, String run) throws SQLException {
    String late = "SELECT alive_until > now() + interval '31 seconds' FROM runs";
    try (ResultSet rows = statement.executeQuery(late + of(run))) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static String of(String run) {
    return " WHERE state = 'RUNNING' AND id = '" + run + "'";
  }
}
