package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.journal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    database = Sample.database();
    House.Wishes wishes = new House.Wishes();
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
  void when_one_store_takes_nothing_the_other_keeps_nothing() throws IOException {
    Path vault = Files.createFile(shelf.resolve("roleferry"));
    assertThat(house.backup().state()).isEqualTo(Run.State.FAILED);
    assertThat(house.points()).isEmpty();
    assertThat(new Bucket(house).keys()).isEmpty();
    Files.delete(vault);
    Files.setPosixFilePermissions(shelf, PosixFilePermissions.fromString("rwx------"));
    assertThat(house.backup().failure()).isNull();
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(shelf)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
