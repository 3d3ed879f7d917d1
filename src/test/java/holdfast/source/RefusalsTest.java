package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.PostgresSpec.Content;
import holdfast.plan.SecretRef;
import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that can be wrong before a dump starts, and the one sentence for it. */
@Timeout(60)
class RefusalsTest {

  @TempDir static Path folder;
  private static PrivateCluster guarded;
  private static String database;

  @BeforeAll
  static void servers() throws IOException {
    database = Postgres.database("refusals", "CREATE TABLE t(id int)", "CREATE TABLE u(id int)");
    guarded =
        PrivateCluster.start(new PrivateCluster.Options(folder.resolve("g"), false, Map.of()));
    guarded.close();
    Files.writeString(
        folder.resolve("g/data/pg_hba.conf"),
        "local all nobodyelse reject\nlocal all all scram-sha-256\n");
    guarded =
        PrivateCluster.start(new PrivateCluster.Options(folder.resolve("g"), false, Map.of()));
  }

  @AfterAll
  static void stop() {
    guarded.destroy();
  }

  private static RunException refusal(ConnectionSpec server, String name, String... tables) {
    Source source =
        Sample.sources(server)
            .of(Sample.asset(name, tables.length == 0 ? Content.FULL : Content.TABLE, tables));
    return catchThrowableOfType(RunException.class, source::probe);
  }

  private static void assertRefusal(RunException refusal, Code code, String sentence) {
    assertThat(refusal).isNotNull().hasMessage(sentence);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(sentence).doesNotContain(Sample.PASSWORD);
  }

  @Test
  void an_unreachable_server() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    RunException refusal = refusal(Sample.server("127.0.0.1", port, "u", null), "d");
    assertRefusal(
        refusal,
        Code.UNREACHABLE,
        "The PostgreSQL server at 127.0.0.1:%d does not answer: check host, port and sslmode of connection prod, and that the server runs."
            .formatted(port));
    assertThat(refusal.retryable()).isTrue();
  }

  @Test
  void a_wrong_password() {
    String socket = guarded.socketFolder().toString();
    SecretRef password = new SecretRef(SecretRef.Kind.ENV, "DB_PASSWORD");
    assertRefusal(
        refusal(Sample.server(socket, 5432, "holdfast", password), "postgres"),
        Code.DENIED,
        "The PostgreSQL server at %s:5432 refused the password of user holdfast: correct the password that connection prod refers to."
            .formatted(socket));
  }

  @Test
  void a_password_that_the_plan_does_not_have() {
    String socket = guarded.socketFolder().toString();
    assertRefusal(
        refusal(Sample.server(socket, 5432, "holdfast", null), "postgres"),
        Code.DENIED,
        "The PostgreSQL server at %s:5432 asks for a password and connection prod has none: add its password to application.yml."
            .formatted(socket));
  }

  @Test
  void a_user_that_the_server_does_not_let_in() {
    String socket = guarded.socketFolder().toString();
    assertRefusal(
        refusal(Sample.server(socket, 5432, "nobodyelse", null), "postgres"),
        Code.DENIED,
        "The PostgreSQL server at %s:5432 does not let user nobodyelse in to database postgres from here: correct the user or the server's pg_hba.conf."
            .formatted(socket));
  }

  @Test
  void an_unknown_database() {
    assertRefusal(
        refusal(Sample.server(), "nowhere"),
        Code.INVALID,
        "There is no database nowhere on the PostgreSQL server at %s:5432: correct the asset's database."
            .formatted(Postgres.cluster().socketFolder()));
  }

  @Test
  void an_unknown_table() {
    assertRefusal(
        refusal(Sample.server(), database, "public.missing"),
        Code.INVALID,
        "There is no table public.missing in database %s: correct the asset's tables."
            .formatted(database));
  }

  @Test
  void tables_that_the_user_may_not_read() {
    String user = "blind_" + ProcessHandle.current().pid();
    Postgres.run(database, "CREATE ROLE " + user + " LOGIN", "GRANT SELECT ON t TO " + user);
    assertRefusal(
        refusal(Sample.server(user), database),
        Code.DENIED,
        "User %s may not read public.u in database %s: GRANT pg_read_all_data TO %s, or SELECT on each."
            .formatted(user, database, user));
    assertThat(refusal(Sample.server(user), database, "public.t")).isNull();
  }

  @Test
  void rows_that_row_security_hides() {
    String user = "veiled_" + ProcessHandle.current().pid();
    String hidden =
        Postgres.database(
            "rls",
            "CREATE TABLE secret(id int)",
            "ALTER TABLE secret ENABLE ROW LEVEL SECURITY",
            "CREATE ROLE " + user + " LOGIN",
            "GRANT SELECT ON secret TO " + user);
    assertRefusal(
        refusal(Sample.server(user), hidden),
        Code.DENIED,
        "Row security hides rows of public.secret in database %s from user %s: ALTER ROLE %s BYPASSRLS."
            .formatted(hidden, user, user));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host=127.0.0.9 port=9 dbname=x",
        "dbname=x",
        "-f/etc/passwd",
        "--file=x",
        "postgres://evil/x",
        "postgresql://evil:1/x",
        "",
        "a\nb",
        "x;y"
      })
  void names_that_are_more_than_names(String name) {
    assertThat(refusal(Sample.server(), name))
        .isNotNull()
        .hasMessageContaining("cannot be the name of a database here")
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    assertThat(refusal(Sample.server("/tmp", 5432, name, null), "d")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a=b", "-h", "evil,other", "postgres://x", "a b", "", "host/x?socketFactory=y"})
  void hosts_that_are_more_than_hosts(String host) {
    assertThat(refusal(Sample.server(host, 5432, "u", null), "d"))
        .isNotNull()
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.INVALID));
  }
}
