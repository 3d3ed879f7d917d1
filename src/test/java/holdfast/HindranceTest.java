package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.camel.Starter;
import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.verify.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What keeps a run from ending well without anything being broken. */
class HindranceTest {

  private static House.Wishes wishes() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    return wishes;
  }

  private static Proof proven(House house) {
    assertThat(house.backup().failure()).isNull();
    String point = house.point().id();
    assertThat(house.verify(point).state()).isEqualTo(Run.State.FAILED);
    Point after = house.bean(Catalog.class).find(point).orElseThrow();
    assertThat(after.state()).isEqualTo(Point.State.GOOD);
    return after.proof();
  }

  @Test
  void without_a_key_to_open_with_a_point_could_not_be_verified() {
    House.Wishes wishes = wishes();
    wishes.opening = false;
    try (House house = House.of(wishes).start()) {
      Proof proof = proven(house);
      assertThat(proof.verdict()).isEqualTo(Proof.Verdict.COULD_NOT_VERIFY);
      assertThat(proof.reason()).contains("holdfast.keys.opening");
    }
  }

  @Test
  void without_room_a_point_could_not_be_verified_and_the_need_is_named() {
    try (House house = House.of(wishes()).start("--holdfast.proof.room=1e12")) {
      Proof proof = proven(house);
      assertThat(proof.verdict()).isEqualTo(Proof.Verdict.COULD_NOT_VERIFY);
      assertThat(proof.reason()).containsPattern("needs [0-9.]+ GB in ").contains("make room");
    }
  }

  @Test
  void a_cancelled_backup_leaves_nothing_behind() throws Exception {
    House.Wishes wishes = wishes();
    try (House house = House.of(wishes).start();
        Connection blocker = Postgres.dataSource(wishes.database).getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE outreach IN ACCESS EXCLUSIVE MODE");
      Starter starter = house.bean(Starter.class);
      String run = starter.backup(House.ASSET, "cli", "tester");
      Runs runs = house.bean(Runs.class);
      await().until(() -> runs.find(run).map(Run::progress).map(Run.Progress::phase).isPresent());
      runs.cancel(run, "tester");
      Run ended = house.ended(run);
      assertThat(ended.state()).isEqualTo(Run.State.CANCELLED);
      assertThat(ended.failure()).contains("cancelled by tester");
      assertThat(new Bucket(house).keys()).isEmpty();
      assertThat(house.points()).isEmpty();
      blocker.rollback();
      assertThat(house.backup().failure()).isNull();
    }
  }

  @Test
  void proofs_on_a_declared_server_leave_no_database_and_no_role_there() {
    House.Wishes wishes = wishes();
    wishes.queries = Sample.QUERIES;
    wishes.scratch = "  scratch: {connection: prod}";
    try (House house = House.of(wishes).start()) {
      assertThat(house.backup().failure()).isNull();
      assertThat(house.verify().failure()).isNull();
      assertThat(house.point().state()).isEqualTo(Point.State.PROVEN);
      await()
          .untilAsserted(
              () -> {
                assertThat(count("pg_database WHERE datname LIKE 'holdfast_proof%'"))
                    .isEqualTo("0");
                assertThat(count("pg_roles WHERE rolname LIKE 'holdfast_proof%'")).isEqualTo("0");
              });
    }
  }

  @Test
  void a_reader_that_could_not_be_let_in_leaves_no_role_behind() {
    House.Wishes wishes = wishes();
    wishes.scratch = "  scratch: {connection: prod}";
    Postgres.run(
        wishes.database,
        "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE 'nothing is granted here'; END $$",
        "CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('GRANT') EXECUTE FUNCTION no()");
    try (House house = House.of(wishes).start()) {
      assertThat(proven(house).verdict()).isEqualTo(Proof.Verdict.COULD_NOT_VERIFY);
      await()
          .untilAsserted(
              () ->
                  assertThat(count("pg_database WHERE datname LIKE 'holdfast_proof%'"))
                      .isEqualTo("0"));
      await()
          .untilAsserted(
              () ->
                  assertThat(count("pg_roles WHERE rolname LIKE 'holdfast_proof%'"))
                      .isEqualTo("0"));
    }
  }

  private static House.Wishes rowSecurity(String scratchUser) {
    House.Wishes wishes = wishes();
    wishes.queries = Sample.QUERIES;
    wishes.extraConnections = "    proving: " + House.socket(scratchUser, "");
    wishes.scratch = "  scratch: {connection: proving}";
    Postgres.run(wishes.database, "ALTER TABLE users ENABLE ROW LEVEL SECURITY");
    return wishes;
  }

  @Test
  void row_level_security_hides_nothing_from_a_proof_on_a_declared_server() {
    try (House house = House.of(rowSecurity(Postgres.cluster().user())).start()) {
      assertThat(house.backup().failure()).isNull();
      assertThat(house.verify().failure()).isNull();
      assertThat(house.point().state()).isEqualTo(Point.State.PROVEN);
    }
  }

  @Test
  void rows_that_the_scratch_user_cannot_lift_security_from_could_not_be_verified() {
    String plain = "proving_" + ProcessHandle.current().pid();
    Postgres.run("postgres", "CREATE ROLE " + plain + " LOGIN CREATEDB CREATEROLE");
    try (House house = House.of(rowSecurity(plain)).start()) {
      Proof proof = proven(house);
      assertThat(proof.verdict()).isEqualTo(Proof.Verdict.COULD_NOT_VERIFY);
      assertThat(proof.reason()).contains("row-level security");
    }
  }

  @Test
  void what_befalls_the_load_and_not_the_dump_makes_no_point_suspect() {
    Programs programs = new Programs();
    programs.dumpVersion("99.1");
    try (House house = House.of(wishes()).start(programs.argument())) {
      programs.restore("cat > /dev/null; kill -KILL $$");
      assertThat(hindered(house)).contains("killed by signal 9");
      programs.restore("exec $REAL --dbname=absent \"$@\" --dbname=absent");
      assertThat(hindered(house)).contains("database \"absent\" does not exist");
      programs.restore(
          "cat > /dev/null; echo 'pg_restore: error: could not execute query:"
              + " ERROR:  syntax error at or near \"NEWER\"' >&2; exit 1");
      assertThat(hindered(house)).contains("The scratch server is PostgreSQL", "99 or later");
    }
  }

  private static String hindered(House house) {
    Proof proof = proven(house);
    assertThat(proof.verdict()).as(proof.reason()).isEqualTo(Proof.Verdict.COULD_NOT_VERIFY);
    return proof.reason();
  }

  private static String count(String what) {
    return Postgres.ask("postgres", "SELECT count(*) FROM " + what);
  }

  @Test
  void what_a_dead_proof_left_is_removed_and_nothing_else() throws IOException {
    try (House house = House.of(wishes()).start()) {
      Path scratch = Files.createDirectories(house.home.resolve(".holdfast/scratch"));
      Path dead = Files.createDirectories(scratch.resolve("20260101T000000000-abcdef/data"));
      Files.writeString(dead.resolve("PG_VERSION"), "15");
      Path other = Files.createDirectories(scratch.resolve("notes-of-somebody"));
      house.bean(Leftovers.class).remove();
      assertThat(dead.getParent()).doesNotExist();
      assertThat(other).exists();
    }
  }

  @Test
  void a_second_backup_of_the_asset_is_skipped_while_one_runs() throws Exception {
    House.Wishes wishes = wishes();
    try (House house = House.of(wishes).start();
        Connection blocker = Postgres.dataSource(wishes.database).getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE outreach IN ACCESS EXCLUSIVE MODE");
      String first = house.bean(Starter.class).backup(House.ASSET, "cli", "tester");
      Runs runs = house.bean(Runs.class);
      await().until(() -> runs.find(first).map(Run::state).orElseThrow() == Run.State.RUNNING);
      Run second = house.backup();
      assertThat(second.state()).isEqualTo(Run.State.SKIPPED);
      assertThat(second.failureCode()).isEqualTo(Code.BUSY);
      blocker.rollback();
      assertThat(house.ended(first).failure()).isNull();
    }
  }
}
