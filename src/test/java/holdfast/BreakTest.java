package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.plan.AssetId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Break any one thing, and the outcome or the verdict turns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakTest {

  /** COPY's end marker as pg_dump writes it, and the empty chunk that ends a block. */
  private static final String BLOCK_END = "\\.\n\n\n\0\0\0\0\0";

  @TempDir static Path folder;
  private final Programs programs = new Programs();
  private String database;
  private House house;
  private Bucket bucket;

  @BeforeAll
  void start() {
    database = Sample.database();
    House.Wishes wishes = new House.Wishes();
    wishes.database = database;
    wishes.queries = Sample.QUERIES;
    asking(
        wishes, "false-query", "{name: users, sql: \"SELECT COUNT(*) FROM users\", min: 100000}");
    asking(wishes, "broken-query", "{name: nobody, sql: \"SELECT COUNT(*) FROM nobody\", min: 1}");
    asking(wishes, "two-numbers", "{name: both, sql: \"SELECT 1, 2\", min: 1}");
    asking(wishes, "no-query", " ");
    house = House.of(wishes).start(programs.argument());
    bucket = new Bucket(house);
  }

  private static void asking(House.Wishes wishes, String asset, String query) {
    String before = wishes.queries;
    wishes.queries = query;
    wishes.moreAssets.add(HouseFiles.asset(asset, wishes));
    wishes.queries = before;
  }

  @AfterEach
  void behave() {
    programs.behave();
  }

  @AfterAll
  void end() {
    house.close();
  }

  @Test
  void a_dump_that_exits_with_an_error_after_all_its_bytes_fails_and_leaves_nothing() {
    programs.dump("$REAL \"$@\"; echo disk on fire >&2; exit 1");
    Run run = failedBackup();
    assertThat(run.failureCode()).isEqualTo(Code.PROGRAM_FAILED);
    assertThat(run.failure()).contains("disk on fire");
  }

  @Test
  void a_dump_killed_by_a_signal_fails_and_leaves_nothing() {
    programs.dump("$REAL \"$@\" | head -c 30000; kill -9 $$");
    assertThat(failedBackup().failureCode()).isEqualTo(Code.PROGRAM_FAILED);
  }

  @Test
  void a_dump_cut_anywhere_fails_although_its_program_says_all_is_well() throws IOException {
    for (long cut : cuts(wholeDump())) {
      programs.dump("$REAL \"$@\" | head -c %d; exit 0".formatted(cut));
      assertThat(failedBackup().failureCode()).as("cut at %d", cut).isEqualTo(Code.TRUNCATED);
    }
  }

  private byte[] wholeDump() throws IOException {
    Path file = folder.resolve("whole.dump");
    programs.dump("$REAL \"$@\" | tee " + file);
    assertThat(house.backup().failure()).isNull();
    return Files.readAllBytes(file);
  }

  /** After the contents, before and after the end of every table's block, and here and there. */
  private static List<Long> cuts(byte[] dump) {
    List<Long> cuts = new ArrayList<>(List.of(5L, dump.length - 1L, dump.length - 5L));
    for (int eighth = 1; eighth < 8; eighth++) {
      cuts.add((long) dump.length * eighth / 8);
    }
    String bytes = new String(dump, StandardCharsets.ISO_8859_1);
    int ends = 0;
    for (int at = bytes.indexOf(BLOCK_END); at >= 0; at = bytes.indexOf(BLOCK_END, at + 1)) {
      ends++;
      cuts.add((long) at);
      cuts.add(at + BLOCK_END.length() - 5L);
      cuts.add((long) at + BLOCK_END.length());
    }
    assertThat(ends).as("blocks of the sample's tables").isEqualTo(5);
    cuts.remove((long) dump.length);
    return cuts;
  }

  private Run failedBackup() {
    int points = house.points().size();
    List<String> keys = bucket.keys();
    Run run = house.backup();
    assertThat(run.state()).isEqualTo(Run.State.FAILED);
    assertThat(house.points()).hasSize(points);
    assertThat(bucket.keys()).isEqualTo(keys);
    return run;
  }

  @Test
  void an_object_one_byte_too_short_fails_its_proof() {
    damaged(bytes -> Arrays.copyOf(bytes, bytes.length - 1));
  }

  @Test
  void an_object_with_a_byte_too_many_fails_its_proof() {
    damaged(bytes -> Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void an_object_with_one_flipped_bit_fails_its_proof() {
    damaged(
        bytes -> {
          bytes[bytes.length / 2] ^= 4;
          return bytes;
        });
  }

  /** Also restores: the database made for it is dropped again. */
  private void damaged(java.util.function.UnaryOperator<byte[]> damage) {
    Point point = good(House.ASSET);
    String key = bucket.only(point.id() + "/data.dump.zst.gpg");
    bucket.put(key, damage.apply(bucket.get(key)));
    String copy = "damaged_" + point.id().substring(19).replace('-', '_');
    Run restore = house.restore("prod/" + copy);
    assertThat(restore.failureCode()).isIn(Code.CORRUPT, Code.TRUNCATED);
    assertThat(Postgres.ask("postgres", "SELECT 1 FROM pg_database WHERE datname = '" + copy + "'"))
        .isEqualTo("no row");
    fails(point);
  }

  @Test
  void a_signature_that_is_not_ours_fails_the_proof() {
    Point point = good(House.ASSET);
    String other = bucket.only("manifest.json.asc");
    String mine = bucket.only(point.id() + "/manifest.json.asc");
    assertThat(other).isNotEqualTo(mine);
    bucket.put(mine, bucket.get(other));
    assertThat(fails(point).reason()).contains("signature");
  }

  @Test
  void a_manifest_that_was_changed_fails_the_proof() {
    Point point = good(House.ASSET);
    String key = bucket.only(point.id() + "/manifest.json");
    String manifest = new String(bucket.get(key), StandardCharsets.UTF_8);
    bucket.put(
        key,
        manifest
            .replace("\"public.users\" : 401", "\"public.users\" : 400")
            .getBytes(StandardCharsets.UTF_8));
    fails(point);
  }

  @Test
  void a_copy_that_lost_one_row_fails_the_proof() {
    Point point = good(House.ASSET);
    programs.restore(
        "$REAL \"$@\" && exec $PSQL -qXc 'DELETE FROM outreach WHERE id = 7' >/dev/null");
    Proof proof = fails(point);
    assertThat(proof.reason()).contains("public.outreach").contains("2999").contains("3000");
    assertThat(proof.answers()).filteredOn(answer -> !answer.pass()).hasSize(2);
  }

  @Test
  void a_load_that_the_server_refuses_fails_the_proof() {
    Point point = good(House.ASSET);
    programs.restore("cat >/dev/null; echo 'pg_restore: error: no such thing' >&2; exit 1");
    fails(point);
  }

  @Test
  void one_false_query_fails_the_proof() {
    Proof proof = fails(good(AssetId.parse("roleferry/false-query")));
    assertThat(proof.reason()).isEqualTo("users is 401, expected at least 100000.");
  }

  @Test
  void a_query_with_an_error_never_passes_and_is_named() {
    Proof proof = couldNot(good(AssetId.parse("roleferry/broken-query")));
    assertThat(proof.reason()).contains("'nobody'").contains("does not exist");
  }

  @Test
  void a_query_that_does_not_return_one_number_never_passes() {
    couldNot(good(AssetId.parse("roleferry/two-numbers")));
  }

  @Test
  void a_point_that_nobody_asks_anything_never_passes() {
    Proof proof = couldNot(good(AssetId.parse("roleferry/no-query")));
    assertThat(proof.reason()).contains("asks nothing");
    assertThat(proof.answers()).allMatch(Proof.Answer::pass);
  }

  @Test
  void the_proof_rests_signed_beside_its_data_and_its_message_waits() {
    Point point = good(House.ASSET);
    Run run = house.verify(point.id());
    assertThat(run.state()).isEqualTo(Run.State.SUCCEEDED);
    assertThat(bucket.keys())
        .anyMatch(key -> key.matches(".*/" + point.id() + "/proof-[0-9TZ]+\\.json"))
        .anyMatch(key -> key.matches(".*/" + point.id() + "/proof-[0-9TZ]+\\.json\\.asc"));
    assertThat(house.bean(Outbox.class).ofRun(run.id()))
        .filteredOn(entry -> !Event.INTERNAL.contains(entry.channel()))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(Event.read(entry.event()).type()).isEqualTo(Event.Type.POINT_PROVEN));
  }

  private Point good(AssetId asset) {
    assertThat(house.backup(asset).failure()).isNull();
    return house.bean(Catalog.class).latest(asset).orElseThrow();
  }

  private Proof fails(Point point) {
    Proof proof = proof(point);
    assertThat(proof.verdict()).as(proof.reason()).isEqualTo(Proof.Verdict.FAIL);
    assertThat(house.bean(Catalog.class).find(point.id()).orElseThrow().state())
        .isEqualTo(Point.State.SUSPECT);
    return proof;
  }

  private Proof couldNot(Point point) {
    Proof proof = proof(point);
    assertThat(proof.verdict()).as(proof.reason()).isEqualTo(Proof.Verdict.COULD_NOT_VERIFY);
    assertThat(house.bean(Catalog.class).find(point.id()).orElseThrow().state())
        .isEqualTo(Point.State.GOOD);
    return proof;
  }

  private Proof proof(Point point) {
    Run run = house.verify(point.id());
    assertThat(run.state()).isEqualTo(Run.State.FAILED);
    await("the scratch to be gone")
        .until(() -> house.home.resolve(".holdfast/scratch").toFile().list().length == 0);
    return house.bean(Catalog.class).find(point.id()).orElseThrow().proof();
  }
}
