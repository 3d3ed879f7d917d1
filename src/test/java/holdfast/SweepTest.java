package holdfast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.backup.Remains;
import holdfast.catalog.Adoption;
import holdfast.catalog.Catalog;
import holdfast.catalog.CopyLine;
import holdfast.catalog.Copybook;
import holdfast.catalog.Inventory;
import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.journal.Audit;
import holdfast.stream.KeyRing;
import holdfast.verify.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was stored is looked at and read again, and what the catalog lost is found in the stores.
 */
class SweepTest {

  @TempDir Path shelf;
  private String database;
  private House house;
  private Point point;

  @BeforeEach
  void start() {
    database = Sample.database();
    House.Wishes wishes = new House.Wishes();
    wishes.database = database;
    wishes.stores = "    shelf: {kind: directory, path: %s}\n".formatted(shelf);
    wishes.storeNames = "primary, shelf";
    house =
        House.of(wishes).start("--holdfast.sweep.read-every=0s", "--holdfast.sweep.seen-every=0s");
    assertThat(house.backup().failure()).isNull();
    point = house.point();
  }

  @AfterEach
  void end() {
    house.close();
  }

  @Test
  void what_is_as_it_was_put_stays_good_and_both_looks_are_remembered() {
    assertThat(sweep().look()).isEqualTo(2);
    assertThat(sweep().read()).isEqualTo(2);
    for (String store : List.of("primary", "shelf")) {
      CopyLine copy = copy(store);
      assertThat(copy.state()).isEqualTo(Point.State.GOOD);
      assertThat(copy.readAt()).isNotNull();
      assertThat(copy.seenAt()).isAfterOrEqualTo(copy.readAt());
    }
    assertThat(house.bean(Copybook.class).troubled(10)).isEmpty();
  }

  @Test
  void a_flipped_bit_is_found_by_reading_and_the_other_copy_keeps_the_point() throws IOException {
    flip(file("data.dump.zst.gpg"));
    assertThat(sweep().look()).isEqualTo(2);
    assertThat(sweep().read()).isEqualTo(2);
    assertThat(copy("shelf").state()).isEqualTo(Point.State.CORRUPT);
    assertThat(copy("shelf").problem()).contains("SHA-256");
    assertThat(copy("primary").state()).isEqualTo(Point.State.GOOD);
    assertThat(house.point().state()).isEqualTo(Point.State.GOOD);
    assertThat(house.bean(Audit.class).newest(5))
        .extracting(Audit.Entry::action)
        .contains("copy.corrupt");
    assertThat(sweep().read()).as("a damaged copy is not read again").isEqualTo(1);
  }

  @Test
  void what_is_gone_is_missing_and_with_the_last_copy_the_point_is_gone_too() throws IOException {
    Files.delete(file("data.dump.zst.gpg"));
    sweep().look();
    assertThat(copy("shelf").state()).isEqualTo(Point.State.MISSING);
    assertThat(house.point().state()).isEqualTo(Point.State.GOOD);
    Bucket bucket = new Bucket(house);
    byte[] bytes = bucket.get(bucket.only("data.dump.zst.gpg"));
    bucket.put(bucket.only("data.dump.zst.gpg"), Arrays.copyOf(bytes, bytes.length - 1));
    sweep().look();
    assertThat(copy("primary").state()).isEqualTo(Point.State.SUSPECT);
    assertThat(house.point().state()).isEqualTo(Point.State.SUSPECT);
    sweep().read();
    assertThat(copy("primary").state()).isEqualTo(Point.State.CORRUPT);
    assertThat(house.point().state()).isEqualTo(Point.State.CORRUPT);
    assertThat(house.bean(Catalog.class).latest(House.ASSET)).isEmpty();
  }

  @Test
  void a_manifest_that_is_gone_is_put_back_and_one_that_was_changed_is_damage() throws IOException {
    byte[] manifest = Files.readAllBytes(file("manifest.json"));
    Files.delete(file("manifest.json"));
    sweep().read();
    assertThat(Files.readAllBytes(file("manifest.json"))).isEqualTo(manifest);
    assertThat(copy("shelf").state()).isEqualTo(Point.State.GOOD);
    flip(file("manifest.json"));
    sweep().read();
    assertThat(copy("shelf").state()).isEqualTo(Point.State.CORRUPT);
  }

  @Test
  void a_catalog_that_lost_a_point_takes_it_from_the_store_and_trusts_it_once_it_was_read()
      throws Exception {
    assertThat(house.verify().failure()).isNull();
    forget();
    assertThat(house.points()).isEmpty();
    Inventory inventory = house.bean(Inventory.class);
    assertThat(inventory.scan("shelf", line -> {}).count(Adoption.Fate.ADOPTED)).isEqualTo(1);
    Point found = house.point();
    assertThat(found.state()).isEqualTo(Point.State.SUSPECT);
    assertThat(found.manifest()).isEqualTo(point.manifest());
    assertThat(found.proof()).isNotNull();
    assertThat(house.bean(Catalog.class).latest(House.ASSET)).isEmpty();
    inventory.scan("primary", line -> {});
    sweep().read();
    assertThat(house.point().state()).isEqualTo(Point.State.PROVEN);
    assertThat(house.point().copies()).hasSize(2);
    assertThat(house.restore("prod/" + database + "_copy").failure()).isNull();
    assertThat(Sample.checksums(database + "_copy")).isEqualTo(Sample.checksums(database));
    assertThat(inventory.scan("shelf", line -> {}).count(Adoption.Fate.KNOWN)).isEqualTo(1);
  }

  @Test
  void nothing_is_taken_that_is_not_signed_by_us_or_lies_in_another_place() throws Exception {
    forget();
    flip(file("manifest.json"));
    Inventory.Scan scan = house.bean(Inventory.class).scan("shelf", line -> {});
    assertThat(scan.count(Adoption.Fate.REFUSED)).isEqualTo(1);
    assertThat(house.points()).isEmpty();
    flip(file("manifest.json"));
    Path folder = file("manifest.json").getParent();
    String other = point.id().substring(0, point.id().length() - 6) + "aaaaaa";
    Files.move(folder, folder.resolveSibling(other));
    assertThat(house.bean(Inventory.class).scan("shelf", line -> {}).count(Adoption.Fate.REFUSED))
        .isEqualTo(1);
    assertThat(house.points()).isEmpty();
  }

  @Test
  void a_tombstone_hides_a_point_only_when_we_signed_it() throws Exception {
    forget();
    Path folder = file("manifest.json").getParent();
    byte[] tombstone =
        "{\"kind\": \"TOMBSTONE\", \"point\": \"%s\"}".formatted(point.id()).getBytes(UTF_8);
    Path stone = Files.write(folder.resolve(Layout.TOMBSTONE), tombstone);
    Path signature = Files.copy(file("manifest.json.asc"), folder.resolve("tombstone.json.asc"));
    Files.write(signature, house.bean(KeyRing.class).sign(tombstone));
    assertThat(scan().count(Adoption.Fate.REMOVED)).isEqualTo(1);
    assertThat(house.points()).isEmpty();
    Files.copy(file("/manifest.json"), stone, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(file("manifest.json.asc"), signature, StandardCopyOption.REPLACE_EXISTING);
    assertThat(scan().count(Adoption.Fate.ADOPTED)).isEqualTo(1);
  }

  private Inventory.Scan scan() {
    return house.bean(Inventory.class).scan("shelf", line -> {});
  }

  @Test
  void stores_are_listed_once_a_day_and_what_is_known_is_left_alone() throws IOException {
    List<String> keys = new Bucket(house).keys();
    house.bean(Remains.class).scan();
    assertThat(house.bean(Inventory.class).scannedAt("primary")).isPresent();
    assertThat(house.bean(Inventory.class).scannedAt("shelf")).isPresent();
    assertThat(new Bucket(house).keys()).isEqualTo(keys);
    assertThat(house.points()).hasSize(1);
  }

  private Sweep sweep() {
    return house.bean(Sweep.class);
  }

  private CopyLine copy(String store) {
    return house.bean(Copybook.class).find(point.id(), store).orElseThrow();
  }

  /** As a journal that was restored from before the point was made. */
  private void forget() throws Exception {
    try (var journal = house.bean(DataSource.class).getConnection();
        var statement = journal.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("DELETE FROM proofs; DELETE FROM copies; DELETE FROM points");
      statement.execute("DELETE FROM runs WHERE kind = 'BACKUP'");
      statement.execute("SET session_replication_role = DEFAULT");
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private Path file(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(shelf)) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }
}
