package holdfast.backup;

import holdfast.catalog.Adoption;
import holdfast.catalog.Catalog;
import holdfast.catalog.Folder;
import holdfast.catalog.Inventory;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears stores of what backups left there whose process died: unfinished uploads, which cost money
 * and are in no listing, and data without a manifest. What is a point of the catalog is never
 * touched, and a copy that is whole becomes one.
 */
public final class Remains {

  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);

  /** Long enough for a service that was down, and for a store that was. */
  private static final Duration REACH = Duration.ofDays(7);

  private static final Set<Adoption.Fate> UNWANTED =
      EnumSet.of(Adoption.Fate.UNFINISHED, Adoption.Fate.VOID);
  private static final Duration LATER = Duration.ofHours(1);
  private static final Duration SCAN_EVERY = Duration.ofDays(1);

  private final Runs runs;
  private final Plans plans;
  private final Catalog catalog;
  private final Stores stores;
  private final Adoption adoption;
  private final Inventory inventory;
  private final InstantSource clock;

  /** Runs and stores that need no look by this process before then. */
  private final Map<String, Instant> cleared = new ConcurrentHashMap<>();

  /** Those it complained of. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Remains(
      Runs runs,
      Plans plans,
      Catalog catalog,
      Stores stores,
      Adoption adoption,
      Inventory inventory,
      InstantSource clock) {
    this.runs = runs;
    this.plans = plans;
    this.catalog = catalog;
    this.stores = stores;
    this.adoption = adoption;
    this.inventory = inventory;
    this.clock = clock;
  }

  /** Looks at the backups that came to nothing; a store that is away is asked again. */
  public synchronized void clear() {
    for (Run run : runs.failedBackups(clock.instant().minus(REACH))) {
      List<String> names = plans.asset(run.asset()).map(Asset::stores).orElse(List.of());
      for (String name : names) {
        Instant before = cleared.get(run.id() + " " + name);
        if (before == null || clock.instant().isAfter(before)) {
          clear(run, name);
        }
      }
    }
  }

  private void clear(Run run, String name) {
    String what = run.id() + " " + name;
    try {
      if (catalog.find(run.id()).filter(point -> isIn(point, name)).isEmpty()) {
        clear(new Folder(run.asset(), run.id()), stores.named(name));
      }
      cleared.put(what, Instant.MAX);
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
        cleared.put(what, clock.instant().plus(LATER)); // asking at once would not mend it
      }
    }
  }

  private static boolean isIn(Point point, String store) {
    return point.copies().stream()
        .anyMatch(copy -> copy.store().equals(store) && copy.state() != Point.State.MISSING);
  }

  /** A whole copy, manifest and all, is a point that only its last step was missing. */
  private void clear(Folder folder, Store store) {
    int uploads = store.abandon(folder.path());
    Adoption.Found found = adoption.adopt(store.name(), folder);
    int removed = UNWANTED.contains(found.fate()) ? remove(folder, store) : 0;
    if (uploads > 0 || removed > 0 || found.fate() != Adoption.Fate.UNFINISHED) {
      LOG.info(
          "Run {} left {} unfinished uploads in store {}, now ended, and {} objects, now removed; {} {}",
          folder.point(),
          uploads,
          store.name(),
          removed,
          found.fate(),
          found.reason());
    }
  }

  private static int remove(Folder folder, Store store) {
    try (Stream<Store.Entry> listing = store.list(folder.path())) {
      List<Store.Entry> left = listing.toList();
      left.forEach(entry -> store.remove(entry.key()));
      return left.size();
    }
  }

  /**
   * Lists every store once a day: takes whole points that the catalog does not know, and removes
   * what runs left that came to nothing. What no run of this journal is known to have left stays.
   */
  public synchronized void scan() {
    for (String store : plans.installation().stores().keySet()) {
      if (inventory.isDue(store, SCAN_EVERY)) {
        try {
          scan(store);
        } catch (RuntimeException e) {
          LOG.warn("Store {} was not listed: {}", store, RunException.from(e, store).getMessage());
        }
      }
    }
  }

  private void scan(String name) {
    Inventory.Scan scan = inventory.scan(name, line -> {});
    Instant old = clock.instant().minus(SCAN_EVERY);
    for (Inventory.Line line : scan.folders()) {
      Folder folder = line.found().folder();
      if (line.newest().isBefore(old) && cameToNothing(line.found().fate(), folder)) {
        int removed = remove(folder, stores.named(name));
        LOG.info("Removed {} objects of {} from store {}", removed, folder.point(), name);
      }
    }
    LOG.info(
        "Store {} holds {} objects, {} points; {} were not known",
        name,
        scan.objects(),
        scan.folders().size(),
        scan.count(Adoption.Fate.ADOPTED) + scan.count(Adoption.Fate.COPY_ADOPTED));
  }

  private boolean cameToNothing(Adoption.Fate fate, Folder folder) {
    return UNWANTED.contains(fate)
        && catalog.find(folder.point()).isEmpty()
        && runs.find(folder.point())
            .filter(run -> run.over() && run.asset().equals(folder.asset()))
            .isPresent();
  }
}
