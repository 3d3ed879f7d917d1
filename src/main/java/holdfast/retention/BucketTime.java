package holdfast.retention;

import holdfast.catalog.Catalog;
import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.journal.RunException;
import holdfast.plan.Installation;
import holdfast.plan.StoreSpec;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When buckets took the newest points, by their own clocks; a folder has only ours. */
final class BucketTime implements Supplier<Optional<Instant>> {

  private static final Logger LOG = LoggerFactory.getLogger(BucketTime.class);

  private static final int POINTS = 5;

  private final Catalog catalog;
  private final Installation installation;
  private final Stores stores;

  BucketTime(Catalog catalog, Installation installation, Stores stores) {
    this.catalog = catalog;
    this.installation = installation;
    this.stores = stores;
  }

  @Override
  public Optional<Instant> get() {
    return catalog.points(null, POINTS).stream()
        .flatMap(point -> point.copies().stream())
        .filter(copy -> installation.stores().get(copy.store()) instanceof StoreSpec.S3)
        .flatMap(this::written)
        .max(Comparator.naturalOrder());
  }

  private Stream<Instant> written(Point.Copy copy) {
    try {
      Key manifest = Layout.beside(new Key(copy.key()), Layout.MANIFEST);
      return stores.named(copy.store()).head(manifest).map(Store.Head::modified).stream();
    } catch (RunException e) {
      LOG.debug("Store {} does not say what time it is", copy.store(), e);
      return Stream.empty();
    }
  }
}
