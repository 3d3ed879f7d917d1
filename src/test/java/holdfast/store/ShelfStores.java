package holdfast.store;

import holdfast.plan.Origin;
import holdfast.plan.StoreSpec;
import java.nio.file.Path;

/** A store in a folder, without an application around it. */
public final class ShelfStores {

  private ShelfStores() {}

  /** One store, whatever name it is asked for by. */
  public static Stores in(Path folder) {
    Store store =
        new DirectoryStore(
            new StoreSpec.Directory("shelf", folder, new Origin(Path.of("application.yml"), 1)));
    return name -> store;
  }
}
