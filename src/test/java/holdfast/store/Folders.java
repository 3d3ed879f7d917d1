package holdfast.store;

import holdfast.plan.Origin;
import holdfast.plan.StoreSpec;
import java.nio.file.Path;
import java.util.Map;

/** Stores that are folders, for tests of other rooms. */
public record Folders(Map<String, Path> folders) implements Stores {

  /** As the plan would declare one. */
  public static StoreSpec spec(String name, Path folder) {
    return new StoreSpec.Directory(name, folder, new Origin(Path.of("application.yml"), 1));
  }

  @Override
  public Store named(String name) {
    return new DirectoryStore((StoreSpec.Directory) spec(name, folders.get(name)));
  }
}
