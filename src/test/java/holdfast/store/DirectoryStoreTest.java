package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.RunException;
import holdfast.plan.Origin;
import holdfast.plan.StoreSpec;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
