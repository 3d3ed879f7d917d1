package holdfast.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.Postgres;
import holdfast.journal.RunException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked of the copy under proof, and what the server refuses even if it is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionTest {

  private static final String ROLE = "reader_of_question_test";
  private final ScratchDataSource copy = new ScratchDataSource();
  private String database;

  @BeforeAll
  void open() throws SQLException {
    database =
        Postgres.database(
            "question",
            "CREATE TABLE users (id int)",
            "INSERT INTO users SELECT generate_series(1, 2000)",
            "ALTER TABLE users ENABLE ROW LEVEL SECURITY");
    try (Connection owner = Postgres.dataSource(database).getConnection()) {
      Reader.admit(owner, ROLE, true);
    }
    var source = Postgres.cluster().dataSource(database, ROLE);
    copy.open(() -> Reader.restrain(source.getConnection(), Duration.ofMillis(500)));
  }

  @AfterAll
  void shut() {
    copy.shut();
    Postgres.run("postgres", "DROP DATABASE \"" + database + "\"", "DROP ROLE " + ROLE);
  }

  @Test
  void every_row_is_seen_whatever_row_level_security_says() throws SQLException {
    assertThat(ask("SELECT count(*) FROM users")).isEqualTo(2000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "  select count(*) from users ",
        "WITH u AS (SELECT 1) SELECT count(*) FROM u",
        "(SELECT 1)",
        "VALUES (1)",
        "SELECT count(*) FROM users WHERE id::text ~ '^1'",
        "SELECT 1;"
      })
  void a_reading_statement_may_be_asked(String sql) {
    assertThatCode(() -> Question.require(sql)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM users",
        "INSERT INTO users VALUES (1)",
        "UPDATE users SET id = 1",
        "TRUNCATE users",
        "DROP TABLE users",
        "ALTER TABLE users ADD x int",
        "CREATE TABLE x (id int)",
        "GRANT ALL ON users TO PUBLIC",
        "SELECT 1; DROP TABLE users",
        "SELECT 1; COMMIT; DROP TABLE users",
        "COMMIT",
        "ROLLBACK",
        "BEGIN",
        "SET ROLE postgres",
        "RESET ALL",
        "SET SESSION AUTHORIZATION holdfast",
        "SET TRANSACTION READ WRITE",
        "COPY users TO PROGRAM 'id'",
        "COPY users FROM '/etc/passwd'",
        "DO $$ BEGIN END $$",
        "CALL something()",
        "EXPLAIN ANALYZE DELETE FROM users",
        "LOCK TABLE users",
        "VACUUM",
        "LISTEN x",
        "NOTIFY x",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "DECLARE c CURSOR FOR SELECT 1",
        "LOAD 'x'",
        "/* SELECT */ DELETE FROM users",
        "-- SELECT\nDELETE FROM users",
        "SELECT ${bean:x}",
        "SELECT :#${bean:x}",
        "SELECT :?x",
        "",
        "\\! id"
      })
  void anything_else_is_refused_before_it_is_asked(String sql) {
    assertThatThrownBy(() -> Question.require(sql)).isInstanceOf(RunException.class);
    assertThatThrownBy(() -> ask(sql)).isInstanceOf(RunException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT pg_sleep(5)::text",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT pg_reload_conf()",
        "SELECT pg_terminate_backend(pg_backend_pid() + 1)",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT set_config('role', 'holdfast', false)",
        "SELECT set_config('session_authorization', 'holdfast', false)",
        "SELECT set_config('log_statement', 'none', false)",
        "WITH gone AS (DELETE FROM users RETURNING 1) SELECT count(*) FROM gone",
        "SELECT * INTO mine FROM users",
        "SELECT id FROM users FOR UPDATE",
        "SELECT nextval('nothing')",
        "SELECT query_to_xml('DELETE FROM users', true, true, '')::text",
        "SELECT 1, 2",
        "SELECT"
      })
  void what_reads_in_form_only_is_refused_by_the_server(String sql) {
    assertThatThrownBy(() -> ask(sql)).isInstanceOf(SQLException.class);
    assertThat(Postgres.ask(database, "SELECT count(*) FROM users")).isEqualTo("2000");
  }

  @Test
  void no_more_rows_come_than_the_cap() throws SQLException {
    try (Connection connection = copy.getConnection();
        PreparedStatement query = connection.prepareStatement("SELECT id FROM users");
        ResultSet rows = query.executeQuery()) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      assertThat(count).isEqualTo(ReadOnlyConnection.ROWS_MAX);
    }
  }

  @Test
  void a_connection_can_do_nothing_but_ask() throws SQLException {
    try (Connection connection = copy.getConnection()) {
      assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> connection.setReadOnly(false)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> connection.setAutoCommit(true)).isInstanceOf(SQLException.class);
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> connection.unwrap(org.postgresql.PGConnection.class))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void without_an_open_proof_there_is_no_connection() {
    ScratchDataSource shut = new ScratchDataSource();
    assertThatThrownBy(shut::getConnection).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> copy.getConnection("holdfast", "")).isInstanceOf(SQLException.class);
  }

  private long ask(String sql) throws SQLException {
    try (Connection connection = copy.getConnection();
        PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
