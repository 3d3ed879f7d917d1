package holdfast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.backup.Remains;
import holdfast.catalog.Layout;
import holdfast.journal.Ids;
import holdfast.journal.Reconciler;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup left in the stores when its process was killed. */
class AbandonedTest {

  /** Enough that a bucket holds parts of it before it is complete. */
  private static final int BYTES = 40 << 20;

  private static final Store.Attributes ANY = Store.Attributes.none("application/octet-stream");

  @TempDir Path shelf;
  private House house;

  @BeforeEach
  void start() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    wishes.stores = "    shelf: {kind: directory, path: %s}\n".formatted(shelf);
    wishes.storeNames = "primary, shelf";
    house = House.of(wishes).start();
  }

  @AfterEach
  void end() {
    house.close();
  }

  @Test
  void unfinished_uploads_and_data_without_a_manifest_go_and_points_stay() throws Exception {
    assertThat(house.backup().failure()).isNull();
    List<String> keys = new Bucket(house).keys();
    List<Path> files = files();
    Run dead = begin();
    for (Store store : stores()) {
      Store.Upload upload = store.begin(data(dead), BYTES, ANY);
      upload.sink().write(new byte[BYTES]);
      store.putIfAbsent(Layout.beside(data(dead), "data.other"), "half".getBytes(UTF_8), ANY);
    }
    assertThat(new Bucket(house).keys()).hasSize(keys.size() + 1);
    kill();
    house.bean(Remains.class).clear();
    assertThat(new Bucket(house).keys()).isEqualTo(keys);
    assertThat(files()).isEqualTo(files);
    for (Store store : stores()) {
      assertThat(store.abandon("")).as(store.name()).isZero();
    }
  }

  @Test
  void a_running_backup_and_a_whole_copy_are_left_alone() throws Exception {
    Run whole = begin();
    Store shelved = house.bean(Stores.class).named("shelf");
    shelved.putIfAbsent(data(whole), "data".getBytes(UTF_8), ANY);
    shelved.putIfAbsent(Layout.beside(data(whole), Layout.MANIFEST), "{}".getBytes(UTF_8), ANY);
    kill();
    Run alive = begin();
    shelved.putIfAbsent(data(alive), "data".getBytes(UTF_8), ANY);
    house.bean(Remains.class).clear();
    assertThat(files()).hasSize(3);
  }

  private List<Store> stores() {
    return Stream.of("primary", "shelf").map(house.bean(Stores.class)::named).toList();
  }

  private Run begin() {
    String id = house.bean(Ids.class).next();
    return house
        .bean(Runs.class)
        .begin(new Runs.Request(id, Run.Kind.BACKUP, House.ASSET, "cli", "tester", null, id));
  }

  private static Key data(Run run) {
    return Layout.folder(House.ASSET, run.id()).child("data.dump.zst.gpg");
  }

  /** Nobody keeps the run alive, and a minute has passed. */
  private void kill() throws SQLException {
    try (Connection journal = house.bean(DataSource.class).getConnection();
        Statement statement = journal.createStatement()) {
      statement.execute("UPDATE runs SET alive_until = now() WHERE state = 'RUNNING'");
    }
    house.bean(Reconciler.class).closeLapsed();
    assertThat(house.bean(Runs.class).lapsed()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(shelf)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
