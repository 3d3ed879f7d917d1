package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.PostgresSpec.Content;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresSourceTest extends SourceContract {

  private static final String[] CONTENT = {
    "CREATE EXTENSION pg_trgm",
    "CREATE TYPE state AS ENUM ('new', 'sent')",
    "CREATE TABLE users(id bigserial PRIMARY KEY, email text UNIQUE, at timestamptz, doc jsonb, s state)",
    "INSERT INTO users(email, at, doc, s) SELECT i || '@example.com', '2026-01-01'::timestamptz + i * '1h'::interval, jsonb_build_object('i', i, 't', E'a\\nb'), 'sent' FROM generate_series(1, 20000) i",
    "CREATE INDEX ON users USING gin (email gin_trgm_ops)",
    "CREATE TABLE \"Odd Name\"(\"Q\"\"uote\" text, b bytea, n numeric, f float8)",
    "INSERT INTO \"Odd Name\" VALUES (E'two\\nlines\\t\\\\.', '\\x000a5c', 1.10, 'NaN'), (NULL, NULL, NULL, 0.1)",
    "CREATE TABLE empty(id int)",
    "CREATE TABLE child(u bigint REFERENCES users) INHERITS (empty)",
    "INSERT INTO child SELECT i, i FROM generate_series(1, 100) i",
    "CREATE MATERIALIZED VIEW seen AS SELECT count(*) FROM users",
    "SELECT lo_from_bytea(4242, '\\x0a5c2e0a')",
    "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2'",
    "CREATE ROLE somebody_" + ProcessHandle.current().pid(),
    "GRANT SELECT ON users TO somebody_" + ProcessHandle.current().pid(),
  };
  private static String database;

  @BeforeAll
  static void fill() {
    database = Postgres.database("source", CONTENT);
  }

  @Override
  Source source() {
    return Sample.full(database);
  }

  @Override
  String loaded(Source source, ByteArrayInputStream dump) throws Exception {
    String copy = Postgres.database("copy");
    Sample.sources(Sample.server()).load(dump, Sample.target(copy), end -> {});
    return digest(copy);
  }

  @Override
  String original(Source source) {
    return digest(database);
  }

  /** Every row of every table, and what else a database has. */
  private static String digest(String name) {
    return Postgres.ask(
            name,
            "SELECT string_agg(md5(query_to_xml(format('SELECT * FROM ONLY %I.%I t ORDER BY t::text', schemaname, tablename), true, true, '')::text), ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'")
        + Postgres.ask(name, "SELECT md5(lo_get(4242)) || twice(21) || (SELECT count FROM seen)")
        + Postgres.ask(
            name,
            "SELECT string_agg(indexdef, ',' ORDER BY indexdef) FROM pg_indexes WHERE schemaname = 'public'")
        + Postgres.ask(name, "SELECT last_value FROM users_id_seq");
  }

  @Test
  void rows_are_counted_in_the_dump_and_small_tables_in_its_snapshot() throws Exception {
    try (Source.Dump dump = source().dump(source().probe())) {
      dump.bytes().readAllBytes();
      Source.Evidence evidence = dump.evidence();
      assertThat(evidence.rows())
          .containsEntry("public.users", 20_000L)
          .containsEntry("public.Odd Name", 2L)
          .containsEntry("public.empty", 0L)
          .containsEntry("public.child", 100L)
          .hasSize(4);
      assertThat(evidence.snapshotRows())
          .containsEntry("public.Odd Name", 2L)
          .containsEntry("public.empty", 0L)
          .containsEntry("public.child", 100L)
          .doesNotContainKey("public.users");
    }
  }

  @Test
  void rows_written_while_the_dump_runs_change_neither_count() throws Exception {
    String busy = Postgres.database("busy", "CREATE TABLE t AS SELECT 1 AS x");
    Source source = Sample.full(busy);
    try (Source.Dump dump = source.dump(source.probe())) {
      Postgres.run(busy, "INSERT INTO t VALUES (2), (3)");
      dump.bytes().readAllBytes();
      Source.Evidence evidence = dump.evidence();
      assertThat(evidence.rows()).containsEntry("public.t", 1L);
      assertThat(evidence.snapshotRows()).containsEntry("public.t", 1L);
    }
  }

  @Test
  void the_schema_alone_holds_no_rows() throws Exception {
    Source source = Sample.sources(Sample.server()).of(Sample.asset(database, Content.SCHEMA));
    try (Source.Dump dump = source.dump(source.probe())) {
      byte[] bytes = dump.bytes().readAllBytes();
      assertThat(dump.evidence().entriesWithData()).isZero();
      String copy = Postgres.database("schema");
      Sample.sources(Sample.server())
          .load(new ByteArrayInputStream(bytes), Sample.target(copy), end -> {});
      assertThat(Postgres.ask(copy, "SELECT count(*) FROM users")).isEqualTo("0");
    }
  }

  @Test
  void single_tables_are_dumped_alone_whatever_their_names_are() throws Exception {
    Source source =
        Sample.sources(Sample.server())
            .of(Sample.asset(database, Content.TABLE, "public.Odd Name"));
    try (Source.Dump dump = source.dump(source.probe())) {
      dump.bytes().readAllBytes();
      assertThat(dump.evidence().rows()).containsOnlyKeys("public.Odd Name");
    }
  }

  @Test
  void facts_name_versions_and_the_database() {
    assertThat(source().probe().details())
        .containsKeys("serverVersion", "clientVersion", "systemIdentifier", "databaseOid")
        .containsEntry("encoding", "UTF8")
        .containsEntry("content", "full");
  }

  @Test
  void a_dump_cut_short_is_never_half_loaded() throws Exception {
    byte[] whole = whole(source());
    String copy = Postgres.database("cut");
    for (int length : new int[] {whole.length - 1, whole.length / 2, 100}) {
      ByteArrayInputStream cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
      assertThatThrownBy(
              () -> Sample.sources(Sample.server()).load(cut, Sample.target(copy), end -> {}))
          .isInstanceOfSatisfying(
              RunException.class, e -> assertThat(e.code()).isEqualTo(Code.TRUNCATED));
    }
    assertThat(Postgres.ask(copy, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo("0");
  }

  @Test
  void a_load_that_the_server_refuses_says_why_in_its_words() throws Exception {
    String taken = Postgres.database("taken", "CREATE TABLE users()");
    byte[] whole = whole(source());
    assertThatThrownBy(
            () ->
                Sample.sources(Sample.server())
                    .load(new ByteArrayInputStream(whole), Sample.target(taken), end -> {}))
        .hasMessageContaining("pg_restore into " + taken + " failed (exit code 1): ")
        .hasMessageContaining("relation \"users\" already exists");
  }

  @Test
  void nothing_is_left_of_a_dump_that_was_closed() throws Exception {
    Source source = source();
    Source.Dump dump = source.dump(source.probe());
    assertThat(dump.bytes().read()).isNotNegative();
    dump.close();
    org.awaitility.Awaitility.await()
        .until(
            () ->
                Postgres.ask(
                        "postgres",
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")
                    .equals("0"));
  }
}
