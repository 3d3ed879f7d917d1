package holdfast.store;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.StoreSpec;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plan's stores. Making them opens nothing, so the service starts with all unreachable. */
final class OpenStores implements Stores {

  private final Map<String, Store> stores = new LinkedHashMap<>();

  OpenStores(
      Map<String, StoreSpec> specs, S3Clients clients, S3Settings settings, InstantSource clock) {
    specs.forEach((name, spec) -> stores.put(name, open(spec, clients, settings, clock)));
  }

  static Store open(StoreSpec spec, S3Clients clients, S3Settings settings, InstantSource clock) {
    if (spec instanceof StoreSpec.S3 bucket) {
      return new S3Store(bucket, clients, settings, clock);
    }
    return new DirectoryStore((StoreSpec.Directory) spec);
  }

  @Override
  public Store named(String name) {
    Store store = stores.get(name);
    if (store == null) {
      throw new RunException(
          Code.INVALID,
          name,
          false,
          "There is no store '%s'; application.yml declares %s."
              .formatted(name, String.join(", ", stores.keySet())));
    }
    return store;
  }
}
