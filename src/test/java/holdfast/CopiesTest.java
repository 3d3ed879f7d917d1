package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.backup.Copier;
import holdfast.catalog.Catalog;
import holdfast.catalog.Copybook;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.journal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pass over the source fills a bucket and a folder, and either can stand in for the other. */
class CopiesTest {

  @TempDir Path shelf;
  private String database;
  private House house;

  @BeforeEach
  void start() {
    start(1);
  }

  private void start(int requiredCopies) {
    database = Sample.database();
    House.Wishes wishes = new House.Wishes();
    wishes.requiredCopies = requiredCopies;
    wishes.database = database;
    wishes.stores = "    shelf: {kind: directory, path: %s}\n".formatted(shelf);
    wishes.storeNames = "primary, shelf";
    house = House.of(wishes).start();
  }

  @AfterEach
  void end() {
    house.close();
  }

  @Test
  void both_copies_are_confirmed_and_the_same() throws IOException {
    assertThat(house.backup().failure()).isNull();
    Point point = house.point();
    assertThat(point.copies()).extracting(Point.Copy::store).containsExactly("primary", "shelf");
    Bucket bucket = new Bucket(house);
    assertThat(bucket.get(bucket.only("data.dump.zst.gpg")))
        .isEqualTo(Files.readAllBytes(files("data.dump.zst.gpg").get(0)));
    assertThat(files("manifest.json")).hasSize(1);
    assertThat(house.verify().failure()).isNull();
    assertThat(files("Z.json")).hasSize(1);
  }

  @Test
  void a_restore_takes_the_other_copy_where_one_is_damaged_but_a_proof_fails() {
    assertThat(house.backup().failure()).isNull();
    Bucket bucket = new Bucket(house);
    String key = bucket.only("data.dump.zst.gpg");
    byte[] bytes = bucket.get(key);
    bytes[bytes.length / 3] ^= 1;
    bucket.put(key, bytes);
    String copy = database + "_copy";
    assertThat(house.restore("prod/" + copy).failure()).isNull();
    assertThat(Sample.checksums(copy)).isEqualTo(Sample.checksums(database));
    String id = house.point().id();
    assertThat(house.verify().state()).isEqualTo(Run.State.FAILED);
    Point point = house.bean(Catalog.class).find(id).orElseThrow();
    assertThat(point.proof().verdict()).isEqualTo(Proof.Verdict.FAIL);
  }

  @Test
  void a_restore_takes_the_other_copy_where_the_first_store_is_gone_for_good() {
    assertThat(house.backup().failure()).isNull();
    new Bucket(house).delete();
    String copy = database + "_copy";
    assertThat(house.restore("prod/" + copy).failure()).isNull();
    assertThat(Sample.checksums(copy)).isEqualTo(Sample.checksums(database));
  }

  @Test
  void when_both_are_required_and_one_store_takes_nothing_the_other_keeps_nothing()
      throws IOException {
    house.close();
    start(2);
    Path vault = Files.createFile(shelf.resolve("roleferry"));
    assertThat(house.backup().state()).isEqualTo(Run.State.FAILED);
    assertThat(house.points()).isEmpty();
    assertThat(new Bucket(house).keys()).isEmpty();
    Files.delete(vault);
    Files.setPosixFilePermissions(shelf, PosixFilePermissions.fromString("rwx------"));
    assertThat(house.backup().failure()).isNull();
  }

  @Test
  void a_store_that_takes_nothing_costs_its_copy_which_is_made_later() throws IOException {
    Path vault = Files.createFile(shelf.resolve("roleferry"));
    assertThat(house.backup().failure()).isNull();
    Point point = house.point();
    assertThat(point.state()).isEqualTo(Point.State.GOOD);
    assertThat(point.copies())
        .extracting(Point.Copy::state)
        .containsExactly(Point.State.GOOD, Point.State.MISSING);
    assertThat(house.verify().failure()).isNull();
    Copier copier = house.bean(Copier.class);
    assertThat(copier.copyMissing()).isZero();

    Files.delete(vault);
    again(point);
    assertThat(copier.copyMissing()).isEqualTo(1);
    assertThat(copier.copyMissing()).isZero();
    assertThat(states(point)).containsExactly(Point.State.PROVEN, Point.State.PROVEN);
    Bucket bucket = new Bucket(house);
    for (String name : List.of("data.dump.zst.gpg", "manifest.json", "manifest.json.asc")) {
      assertThat(bucket.get(bucket.only(name)))
          .as(name)
          .isEqualTo(Files.readAllBytes(files(name).get(0)));
    }
    assertThat(files("Z.json")).hasSize(1);
    bucket.delete();
    assertThat(house.restore("prod/" + database + "_copy").failure()).isNull();
    assertThat(Sample.checksums(database + "_copy")).isEqualTo(Sample.checksums(database));
  }

  @Test
  void no_copy_is_made_from_one_that_is_damaged() throws IOException {
    Path vault = Files.createFile(shelf.resolve("roleferry"));
    assertThat(house.backup().failure()).isNull();
    Point point = house.point();
    Bucket bucket = new Bucket(house);
    String key = bucket.only("data.dump.zst.gpg");
    byte[] bytes = bucket.get(key);
    bytes[bytes.length - 1] ^= 1;
    bucket.put(key, bytes);
    Files.delete(vault);
    assertThat(house.bean(Copier.class).copyMissing()).isZero();
    assertThat(states(point)).containsExactly(Point.State.CORRUPT, Point.State.MISSING);
    assertThat(house.point().state()).isEqualTo(Point.State.CORRUPT);
    assertThat(files("data.dump.zst.gpg")).isEmpty();
    assertThatThrownBy(() -> house.restore("prod/" + database + "_copy"))
        .hasMessageContaining("There is no recovery point");
  }

  private List<Point.State> states(Point point) {
    return house.bean(Catalog.class).find(point.id()).orElseThrow().copies().stream()
        .map(Point.Copy::state)
        .toList();
  }

  /** As if the pause after a failure were over. */
  private void again(Point point) {
    Copybook copies = house.bean(Copybook.class);
    copies.claimFor(copies.find(point.id(), "shelf").orElseThrow(), Duration.ZERO);
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(shelf)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
