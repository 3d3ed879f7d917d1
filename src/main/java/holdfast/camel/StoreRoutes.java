package holdfast.camel;

import holdfast.camel.Instances.Wanted;
import holdfast.plan.Installation;
import holdfast.plan.StoreSpec;
import holdfast.store.S3Clients;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Registry;

/** Reads from the plan which stores need a route that looks at new copies again. */
final class StoreRoutes {

  private final Installation installation;
  private final S3Clients clients;
  private final Registry registry;

  StoreRoutes(Installation installation, S3Clients clients, Registry registry) {
    this.installation = installation;
    this.clients = clients;
    this.registry = registry;
  }

  List<Wanted> wanted() {
    return installation.stores().values().stream().map(this::route).toList();
  }

  private Wanted route(StoreSpec store) {
    String id = "backup-confirm-" + store.name();
    if (store instanceof StoreSpec.S3 bucket) {
      return new Wanted(
          id,
          "backup-confirm",
          Map.of("store", bucket.name(), "bucket", bucket.bucket(), "client", client(bucket)));
    }
    return new Wanted(id, "backup-confirm-folder", Map.of("store", store.name()));
  }

  private String client(StoreSpec.S3 bucket) {
    String name = "s3-" + bucket.name();
    if (registry.lookupByName(name) == null) {
      registry.bind(name, clients.of(bucket));
    }
    return "#bean:" + name;
  }
}
