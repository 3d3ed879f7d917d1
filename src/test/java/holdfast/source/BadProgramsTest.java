package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.PostgresSpec.Content;
import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pg_dump that lies, dies, hangs or is too old never yields evidence. */
@Timeout(60)
class BadProgramsTest {

  private static final PostgresTools REAL = PostgresTools.find(new Processes());
  private static final SourceSettings QUICK =
      new SourceSettings(
          Duration.ofMillis(300),
          Duration.ofMillis(700),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1));
  private static String database;

  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    database =
        Postgres.database(
            "bad", "CREATE TABLE t AS SELECT i, md5(i::text) FROM generate_series(1, 5000) i");
  }

  /** A source whose pg_dump is a script; {@code $REAL} is the true one. */
  private Source with(String script) throws IOException {
    Path program = folder.resolve("pg_dump");
    Files.writeString(
        program,
        """
        #!/bin/sh
        PATH=/usr/bin:/bin
        REAL=%s
        %s
        """
            .formatted(REAL.program("pg_dump"), script));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Sample.sources(Sample.server(), new PostgresTools(folder, new Processes()), QUICK)
        .of(Sample.asset(database, Content.FULL));
  }

  private Source behaving(String script) throws IOException {
    return with("if [ \"$1\" = --version ]; then exec $REAL --version; fi\n" + script);
  }

  private static RunException failure(Source source) {
    return catchThrowableOfType(
        RunException.class,
        () -> {
          try (Source.Dump dump = source.dump(source.probe())) {
            dump.bytes().readAllBytes();
            dump.evidence();
          }
        });
  }

  @Test
  void a_failure_after_the_whole_output_counts() throws IOException {
    RunException failure = failure(behaving("$REAL \"$@\"; echo disk on fire >&2; exit 1"));
    assertThat(failure.code()).isEqualTo(Code.PROGRAM_FAILED);
    assertThat(failure)
        .hasMessage("pg_dump of %s failed (exit code 1): disk on fire".formatted(database));
  }

  @Test
  void a_truncated_dump_that_claims_success_is_noticed() throws IOException {
    RunException failure = failure(behaving("$REAL \"$@\" | head -c 20000; exit 0"));
    assertThat(failure.code()).isEqualTo(Code.TRUNCATED);
    assertThat(failure)
        .hasMessage(
            "The dump is cut short: it ends within table public.t, at byte 20000; make a new backup.");
  }

  @Test
  void garbage_after_the_end_is_noticed() throws IOException {
    RunException failure = failure(behaving("$REAL \"$@\"; echo more"));
    assertThat(failure.code()).isEqualTo(Code.CORRUPT);
  }

  @Test
  void a_hang_is_ended_and_told_with_its_place() throws IOException {
    RunException failure = failure(behaving("$REAL \"$@\" | head -c 5000; sleep 600"));
    assertThat(failure.code()).isEqualTo(Code.STALLED);
    assertThat(failure)
        .hasMessage(
            "The dump stalled at byte 5000 and was ended: look for locks and for a slow network at the database.");
  }

  @Test
  void a_killed_program_is_told_with_its_signal() throws IOException {
    RunException failure = failure(behaving("$REAL \"$@\" | head -c 5000; kill -KILL $$"));
    assertThat(failure.code()).isEqualTo(Code.PROGRAM_FAILED);
    assertThat(failure).hasMessageContaining("killed by signal 9 (KILL)");
  }

  @Test
  void a_client_older_than_the_server_is_refused() throws IOException {
    RunException failure = failure(with("echo 'pg_dump (PostgreSQL) 12.3'"));
    assertThat(failure.code()).isEqualTo(Code.UNFIT_TOOL);
    assertThat(failure)
        .hasMessageMatching(
            "pg_dump 12\\.3 cannot dump PostgreSQL .* of prod: install the client programs of PostgreSQL (\\d+) \\(Debian: postgresql-client-\\1\\)\\.");
  }

  @Test
  void a_client_below_the_security_floor_is_a_warning_among_the_facts() throws IOException {
    Source source = with("echo 'pg_dump (PostgreSQL) 15.1 (Debian)'");
    assertThat(source.probe().details())
        .containsEntry(
            "clientWarning",
            "pg_dump 15.1 has known security holes: upgrade PostgreSQL's client programs to 15.20 or later.");
  }

  @Test
  void a_missing_program_is_told() {
    Source source =
        Sample.sources(Sample.server(), new PostgresTools(folder, new Processes()), QUICK)
            .of(Sample.asset(database, Content.FULL));
    assertThat(failure(source))
        .hasMessage(
            "The program pg_dump is not in %s: install PostgreSQL's client package."
                .formatted(folder));
  }

  @Test
  void a_locked_table_is_told_with_who_holds_it() throws Exception {
    Source source =
        Sample.sources(
                Sample.server(),
                REAL,
                new SourceSettings(
                    Duration.ofMillis(300),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(300)))
            .of(Sample.asset(database, Content.FULL));
    try (Connection connection = Postgres.dataSource(database).getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      RunException failure = failure(source);
      assertThat(failure.code()).isEqualTo(Code.STALLED);
      assertThat(failure)
          .hasMessageMatching(
              "The dump of .* waited too long for a table that is locked, process \\d+ of user holdfast holds t: end that transaction or dump at another time\\.");
    }
  }

  @Test
  void a_backend_that_is_ended_fails_the_dump() throws Exception {
    String large =
        Postgres.database(
            "ended", "CREATE TABLE t AS SELECT repeat('x', 1000) FROM generate_series(1, 30000)");
    Source source = Sample.full(large);
    try (Source.Dump dump = source.dump(source.probe())) {
      assertThat(dump.bytes().read()).isNotNegative();
      Postgres.run(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + large + "'");
      dump.bytes().readAllBytes();
      RunException failure = catchThrowableOfType(RunException.class, dump::evidence);
      assertThat(failure.code()).isEqualTo(Code.PROGRAM_FAILED);
      // Which of the two the client reads first is the kernel's choice.
      assertThat(failure.getMessage())
          .containsAnyOf("terminating connection", "server closed the connection");
    }
  }
}
