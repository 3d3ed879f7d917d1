package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.process.Running;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreTroubleTest {

  @Test
  void a_missing_extension_is_named_with_its_package() throws Exception {
    String database = Postgres.database("extension", "CREATE EXTENSION pg_trgm");
    String dump =
        new String(SourceContract.whole(Sample.full(database)), StandardCharsets.ISO_8859_1);
    byte[] other = dump.replace("pg_trgm", "no_such").getBytes(StandardCharsets.ISO_8859_1);
    String copy = Postgres.database("lacking");
    RunException trouble =
        catchThrowableOfType(
            RunException.class,
            () ->
                Sample.sources(Sample.server())
                    .load(new ByteArrayInputStream(other), Sample.target(copy), end -> {}));
    assertThat(trouble.code()).isEqualTo(Code.UNFIT_TOOL);
    assertThat(trouble)
        .hasMessageMatching(
            "The server that database .* is restored to lacks extension no_such: install it there \\(Debian: postgresql-\\d+-no-such\\)\\.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERROR:  extension \"postgis\" is not available | UNFIT_TOOL | postgresql-15-postgis-3",
        "could not open extension control file \"/usr/share/vector.control\": No such file | UNFIT_TOOL | postgresql-15-pgvector",
        "ERROR:  could not extend file \"base/1/2\": No space left on device | FULL | free space",
        "pg_restore: error: could not read from input file: end of file | TRUNCATED | cut short",
        "pg_restore: error: could not execute query: ERROR:  relation \"t\" already exists | PROGRAM_FAILED | relation \"t\" already exists",
        "pg_restore: error: could not execute query: FATAL:  terminating connection due to administrator command | UNREACHABLE | look at its log",
        "pg_restore: error: could not execute query: server closed the connection unexpectedly | UNREACHABLE | server closed the connection",
        "pg_restore: error: connection to server on socket \"/x\" failed: No such file or directory | UNREACHABLE | connection to server",
        "pg_restore: error: could not execute query: ERROR:  out of memory | UNREACHABLE | out of memory",
        "pg_restore: error: could not execute query: ERROR:  permission denied for schema x | DENIED | permission denied for schema x",
        "pg_restore: error: could not execute query: ERROR:  role \"app\" does not exist | UNFIT_TOOL | role \"app\" does not exist",
        "pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter \"transaction_timeout\" | UNFIT_TOOL | transaction_timeout",
        "pg_restore: error: unsupported version (1.16) in file header | UNFIT_TOOL | older than the dump",
        "pg_restore: error: could not execute query: ERROR:  invalid input: \"FATAL:  connection to server\" | PROGRAM_FAILED | invalid input",
        "setpriv: failed to execute /x/pg_restore: Permission denied | UNFIT_TOOL | client programs",
      })
  void what_pg_restore_says_becomes_one_sentence(String said, Code code, String words) {
    RunException trouble =
        RestoreTrouble.of(new Running.Exit(1, said, false), Sample.target("x"), 15);
    assertThat(trouble.code()).isEqualTo(code);
    assertThat(trouble).hasMessageContaining(words);
  }

  @Test
  void the_statement_of_the_dump_that_failed_is_no_word_of_the_server() {
    String said =
        "pg_restore: error: could not execute query: ERROR:  syntax error\n"
            + "Command was: CREATE FUNCTION f() AS 'FATAL:  x';\n"
            + "pg_restore: hint: server closed the connection\n";
    assertThat(trouble(1, said, false).code()).isEqualTo(Code.PROGRAM_FAILED);
  }

  @ParameterizedTest
  @CsvSource({"137,false,signal 9", "139,false,signal 11", "137,true,deadline"})
  void a_program_that_was_ended_blames_no_dump(int exit, boolean late, String words) {
    RunException trouble = trouble(exit, "", late);
    assertThat(trouble.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(trouble).hasMessageContaining(words);
  }

  private static RunException trouble(int exit, String said, boolean late) {
    return RestoreTrouble.of(new Running.Exit(exit, said, late), Sample.target("x"), 15);
  }

  /** Rows that end the session of whoever loads them into another database. */
  @Test
  void a_session_that_the_server_ends_amid_the_load_blames_no_dump() throws Exception {
    String database = Postgres.database("ending");
    Postgres.run(
        database,
        "CREATE FUNCTION stay(i int) RETURNS boolean LANGUAGE sql AS $$ SELECT"
            + " current_database() = '%s' OR pg_terminate_backend(pg_backend_pid()) $$"
                .formatted(database),
        "CREATE TABLE t (i int CHECK (stay(i)))",
        "INSERT INTO t SELECT generate_series(1, 1000)");
    byte[] dump = SourceContract.whole(Sample.full(database));
    String copy = Postgres.database("ended");
    RunException trouble =
        catchThrowableOfType(
            RunException.class,
            () ->
                Sample.sources(Sample.server())
                    .load(new ByteArrayInputStream(dump), Sample.target(copy), end -> {}));
    assertThat(trouble.code()).as(trouble.getMessage()).isEqualTo(Code.UNREACHABLE);
  }
}
