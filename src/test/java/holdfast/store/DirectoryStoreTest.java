package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.RunException;
import holdfast.plan.Origin;
import holdfast.plan.StoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends StoreContract {

  @TempDir Path folder;
  private DirectoryStore store;

  @BeforeEach
  void open() {
    store =
        new DirectoryStore(
            new StoreSpec.Directory("local", folder, new Origin(Path.of("application.yml"), 1)));
  }

  @Override
  Store store() {
    return store;
  }

  @Override
  int parts(int size) {
    return 1;
  }

  @Test
  void a_link_inside_leads_nowhere(@TempDir Path outside) throws Exception {
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createSymbolicLink(folder.resolve("out"), outside);
    Files.createSymbolicLink(folder.resolve("direct"), outside.resolve("secret"));
    assertThatThrownBy(() -> store.open(new Key("out/secret"))).isInstanceOf(RunException.class);
    assertThatThrownBy(() -> store.open(new Key("direct"))).isInstanceOf(RunException.class);
    assertThatThrownBy(() -> put(new Key("out/new"), bytes(1), 0)).isInstanceOf(RunException.class);
    assertThatThrownBy(() -> store.remove(new Key("out/secret"))).isInstanceOf(RunException.class);
    assertThat(store.head(new Key("direct"))).isEmpty();
    assertThat(list("")).isEmpty();
    try (Stream<Path> files = Files.list(outside)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_missing_folder_is_named() {
    DirectoryStore gone =
        new DirectoryStore(
            new StoreSpec.Directory(
                "local", folder.resolve("gone"), new Origin(Path.of("application.yml"), 1)));
    assertThatThrownBy(gone::probe)
        .isInstanceOf(RunException.class)
        .hasMessageContaining("Store 'local'")
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> gone.list("")).hasMessageContaining("does not exist");
  }

  @Test
  void what_a_process_left_that_is_gone_is_cleared_and_what_is_being_written_is_not()
      throws Exception {
    Path uploads = Files.createDirectory(folder.resolve(".uploads"));
    Path dead = Files.writeString(uploads.resolve("roleferry~proof.json.1"), "half of a pr");
    Path fresh = Files.writeString(uploads.resolve("roleferry~proof.json.2"), "");
    FileTime hourAgo = FileTime.fromMillis(Files.getLastModifiedTime(dead).toMillis() - 3_600_000);
    Files.setLastModifiedTime(dead, hourAgo);
    try (Store.Upload slow = store.begin(new Key("slow"), 4, Store.Attributes.none("text/plain"))) {
      for (Path file : files(uploads)) {
        if (!file.equals(fresh)) {
          Files.setLastModifiedTime(file, hourAgo);
        }
      }
      put(new Key("other"), bytes(1), 0);
      slow.sink().write(bytes(4));
      slow.complete();
    }
    assertThat(files(uploads)).containsExactly(fresh);
    assertThat(store.head(new Key("slow"))).isPresent();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
