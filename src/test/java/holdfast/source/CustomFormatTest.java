package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.process.Command;
import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import holdfast.process.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomFormatTest {

  private byte[] dump;
  private byte[] schemaOnly;

  @BeforeAll
  void dumps() throws Exception {
    String database =
        Postgres.database(
            "format",
            "CREATE TABLE empty(id int)",
            "CREATE TABLE plain(id serial primary key, t text)",
            "INSERT INTO plain(t) SELECT 'row ' || i FROM generate_series(1, 25) i",
            "CREATE TABLE \"Mixed Case\"(\"Q\"\"uote\" text)",
            "INSERT INTO \"Mixed Case\" VALUES (E'two\\nlines'), (E'\\\\.'), (E'tab\\t\\\\N'), (NULL), ('')",
            "CREATE SCHEMA \"Sch.ema\"",
            "CREATE TABLE \"Sch.ema\".\"t.able\" AS SELECT 7 AS n",
            "CREATE TABLE nothing()",
            "INSERT INTO nothing DEFAULT VALUES",
            "CREATE TABLE parts(k int, v text) PARTITION BY LIST (k)",
            "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1)",
            "CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2)",
            "INSERT INTO parts SELECT 1 + i % 2, md5(i::text) FROM generate_series(1, 9) i",
            "CREATE SEQUENCE counter START 41",
            "SELECT lo_from_bytea(0, decode(repeat('0a5c2e0a', 3000), 'hex'))",
            "SELECT lo_from_bytea(0, '')");
    dump = dump(database);
    schemaOnly = dump(database, "--schema-only");
  }

  private static byte[] dump(String database, String... more) throws Exception {
    Processes processes = new Processes();
    List<String> arguments = new ArrayList<>(List.of("-Fc", "-Z0", "--no-password"));
    arguments.addAll(List.of(more));
    Map<String, String> environment =
        Map.of(
            "PGHOST", Postgres.cluster().socketFolder().toString(),
            "PGUSER", Postgres.cluster().user(),
            "PGDATABASE", database);
    try (Running running =
        processes.start(
            new Command(
                PostgresTools.find(processes).program("pg_dump"),
                arguments,
                environment,
                null,
                Duration.ofMinutes(1)))) {
      byte[] bytes = running.stdout().readAllBytes();
      assertThat(running.await().stderrTail()).isEmpty();
      return bytes;
    }
  }

  private static CustomFormat read(byte[] bytes, int length) {
    CustomFormat format = new CustomFormat();
    format.accept(bytes, 0, length);
    return format;
  }

  @Test
  void rows_are_counted_whatever_they_hold() {
    CustomFormat format = read(dump, dump.length);
    format.finish();
    assertThat(format.rows())
        .containsOnly(
            Map.entry("public.empty", 0L),
            Map.entry("public.plain", 25L),
            Map.entry("public.Mixed Case", 5L),
            Map.entry("Sch.ema.t.able", 1L),
            Map.entry("public.nothing", 1L),
            Map.entry("public.parts_1", 4L),
            Map.entry("public.parts_2", 5L));
    assertThat(format.entriesWithData()).isEqualTo(8).isEqualTo(format.entriesRead());
  }

  @Test
  void a_schema_alone_has_no_data_and_an_end() {
    CustomFormat format = read(schemaOnly, schemaOnly.length);
    format.finish();
    assertThat(format.entriesWithData()).isZero();
    assertThat(format.rows()).isEmpty();
  }

  @Test
  void bytes_may_come_in_any_pieces() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      CustomFormat format = new CustomFormat();
      for (int at = 0; at < dump.length; ) {
        int piece = Math.min(1 + random.nextInt(1 + random.nextInt(500)), dump.length - at);
        format.accept(dump, at, piece);
        at += piece;
      }
      format.finish();
      assertThat(format.rows()).as("seed %d", seed).containsEntry("public.plain", 25L);
    }
  }

  @Test
  void a_cut_at_any_byte_is_noticed() {
    for (byte[] whole : List.of(dump, schemaOnly)) {
      for (int length = 0; length < whole.length; length++) {
        CustomFormat format = read(whole, length);
        RunException failure = catchThrowableOfType(RunException.class, format::finish);
        assertThat(failure).as("cut at %d of %d", length, whole.length).isNotNull();
        assertThat(failure.code()).isEqualTo(Code.TRUNCATED);
      }
    }
  }

  @Test
  void anything_after_the_end_is_noticed() {
    for (byte[] whole : List.of(dump, schemaOnly)) {
      for (byte more : new byte[] {0, 1, 3, 'x'}) {
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        longer[whole.length] = more;
        assertThatThrownBy(() -> read(longer, longer.length))
            .hasMessage("The dump is damaged: there are bytes after its end; make a new backup.");
      }
    }
  }

  @Test
  void a_dump_twice_in_a_row_is_noticed() {
    byte[] twice = Arrays.copyOf(dump, dump.length * 2);
    System.arraycopy(dump, 0, twice, dump.length, dump.length);
    assertThatThrownBy(() -> read(twice, twice.length)).isInstanceOf(RunException.class);
  }

  @Test
  void crafted_bytes_end_in_a_refusal_and_never_in_a_crash() {
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      byte[] crafted = dump.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        crafted[random.nextInt(crafted.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(
              () -> {
                try {
                  read(crafted, crafted.length).finish();
                } catch (RunException refused) {
                  assertThat(refused.code()).isIn(Code.CORRUPT, Code.TRUNCATED);
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void other_things_than_dumps_are_refused() {
    byte[] text = "-- PostgreSQL database dump".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(text, text.length))
        .hasMessageContaining("it does not begin as a pg_dump custom archive");
    byte[] future = dump.clone();
    future[6] = 99;
    assertThatThrownBy(() -> read(future, future.length))
        .hasMessageContaining("its archive version 1.99 is unknown");
  }

  @Test
  void newer_archive_versions_are_read() throws IOException {
    for (int version : new int[] {15, 16}) {
      byte[] newer = ArchiveVersions.rewrite(dump, version);
      CustomFormat format = read(newer, newer.length);
      format.finish();
      assertThat(format.rows()).containsEntry("public.plain", 25L).hasSize(7);
    }
  }

  @Test
  void line_ends_are_counted_exactly() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      long expected = 0;
      for (int j = 0; j < bytes.length; j++) {
        if (random.nextInt(4) == 0) {
          bytes[j] = (byte) (random.nextBoolean() ? '\n' : 0x8A);
        }
        expected += bytes[j] == '\n' ? 1 : 0;
      }
      assertThat(Newlines.count(bytes, 0, bytes.length)).isEqualTo((int) expected);
    }
  }
}
