package holdfast.backup;

import holdfast.catalog.Catalog;
import holdfast.catalog.Layout;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears stores of what backups left there whose process died: unfinished uploads, which cost money
 * and are in no listing, and data without a manifest. What is a point of the catalog, and a copy
 * that is whole, is never touched.
 */
public final class Remains {

  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);

  /** Long enough for a service that was down, and for a store that was. */
  private static final Duration REACH = Duration.ofDays(7);

  private final Runs runs;
  private final Plans plans;
  private final Catalog catalog;
  private final Stores stores;
  private final InstantSource clock;

  /** Runs and stores that need no further look by this process, and those it complained of. */
  private final Set<String> cleared = ConcurrentHashMap.newKeySet();

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Remains(Runs runs, Plans plans, Catalog catalog, Stores stores, InstantSource clock) {
    this.runs = runs;
    this.plans = plans;
    this.catalog = catalog;
    this.stores = stores;
    this.clock = clock;
  }

  /** Looks at the backups that were closed as ABANDONED; a store that is away is asked again. */
  public synchronized void clear() {
    for (Run run : runs.abandonedBackups(clock.instant().minus(REACH))) {
      List<String> names = plans.asset(run.asset()).map(Asset::stores).orElse(List.of());
      for (String name : names) {
        if (!cleared.contains(run.id() + " " + name)) {
          clear(run, name);
        }
      }
    }
  }

  private void clear(Run run, String name) {
    String what = run.id() + " " + name;
    try {
      if (catalog.find(run.id()).isEmpty()) {
        clear(run, stores.named(name));
      }
      cleared.add(what);
    } catch (RuntimeException e) {
      RunException failure = RunException.from(e, name);
      if (told.add(what)) {
        LOG.warn(
            "What run {} left in store {} is still there: {}",
            run.id(),
            name,
            failure.getMessage());
      }
      if (failure.code() != Code.UNREACHABLE) {
        cleared.add(what); // asking every minute would not mend it
      }
    }
  }

  private static void clear(Run run, Store store) {
    String folder = Layout.folder(run.asset(), run.id()).path() + "/";
    int uploads = store.abandon(folder);
    List<Store.Entry> left = store.list(folder).toList();
    boolean whole =
        left.stream().anyMatch(entry -> entry.key().path().equals(folder + Layout.MANIFEST));
    if (!whole) {
      left.forEach(entry -> store.remove(entry.key()));
    }
    if (uploads > 0 || !left.isEmpty()) {
      LOG.info(
          "Run {} left {} unfinished uploads in store {}, now ended, and {} objects, {}",
          run.id(),
          uploads,
          store.name(),
          left.size(),
          whole ? "a whole copy that no catalog knows and that stays" : "now removed");
    }
  }
}
