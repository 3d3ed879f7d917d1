package holdfast.verify;

import holdfast.catalog.Catalog;
import holdfast.catalog.CopyLine;
import holdfast.catalog.Copybook;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Installation;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that what was stored is still there, and still what it was: every object is looked at
 * once a day, and every byte is read again on a rotation. What is not is marked, told of, and no
 * longer counts.
 */
public final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** Classes whose bytes cannot be read without asking for them hours before. */
  private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");

  private static final Duration CLAIM = Duration.ofSeconds(40);
  private static final int LOOKED_AT_ONCE = 500;

  private final Installation installation;
  private final Catalog catalog;
  private final Copybook copies;
  private final Stores stores;
  private final SweepSettings settings;
  private final InstantSource clock;
  private final Rereading rereading;

  Sweep(
      Installation installation,
      Catalog catalog,
      Copybook copies,
      Stores stores,
      SweepSettings settings,
      InstantSource clock) {
    this.installation = installation;
    this.catalog = catalog;
    this.copies = copies;
    this.stores = stores;
    this.settings = settings;
    this.clock = clock;
    this.rereading = new Rereading(stores, catalog, copy -> copies.claimFor(copy, CLAIM));
  }

  /** Asks every store for the copies that nobody has seen for a day; how many were looked at. */
  public int look() {
    return installation.stores().keySet().stream().mapToInt(this::look).sum();
  }

  private int look(String store) {
    int looked = 0;
    for (CopyLine copy :
        copies.unseen(store, clock.instant().minus(settings.seenEvery()), LOOKED_AT_ONCE)) {
      try {
        look(copy);
        looked++;
      } catch (RunException away) {
        LOG.warn("The copies in store {} were not looked at: {}", store, away.getMessage());
        return looked;
      }
    }
    return looked;
  }

  private void look(CopyLine copy) {
    Optional<Store.Head> head = stores.named(copy.store()).head(new Key(copy.key()));
    if (head.isEmpty()) {
      trouble(copy, Point.State.MISSING, "The object %s is not there.".formatted(copy.key()));
      return;
    }
    String changed = changed(copy, head.get());
    if (changed == null) {
      copies.seen(copy);
    } else {
      trouble(copy, Point.State.SUSPECT, changed);
    }
  }

  private static @Nullable String changed(CopyLine copy, Store.Head head) {
    if (head.bytes() != copy.sealed().bytes()) {
      return "The object %s has %d bytes where %d were put."
          .formatted(copy.key(), head.bytes(), copy.sealed().bytes());
    }
    boolean both = head.checksum() != null && copy.checksum() != null;
    return both && !Objects.equals(head.checksum(), copy.checksum())
        ? "The store reports another checksum of %s than when it was put.".formatted(copy.key())
        : null;
  }

  /** Reads copies that are due, the most doubtful first, until none is; how many were read. */
  public int read() {
    Instant before = clock.instant().minus(settings.readEvery());
    int read = 0;
    for (Optional<CopyLine> due = due(before); due.isPresent(); due = due(before)) {
      read(due.get());
      read++;
    }
    return read;
  }

  private Optional<CopyLine> due(Instant before) {
    return copies.claimUnread(before, CLAIM);
  }

  private void read(CopyLine copy) {
    Point point = catalog.find(copy.point()).orElseThrow();
    try {
      if (isArchived(copy)) {
        look(copy);
        copies.claimFor(copy, settings.seenEvery());
        return;
      }
      rereading.read(point, copy);
      copies.agreed(copy);
    } catch (RunException e) {
      trouble(copy, e);
    }
  }

  private boolean isArchived(CopyLine copy) {
    return stores
        .named(copy.store())
        .head(new Key(copy.key()))
        .map(Store.Head::storageClass)
        .filter(ARCHIVED::contains)
        .isPresent();
  }

  private void trouble(CopyLine copy, RunException e) {
    if (e.code() == Code.CORRUPT) {
      trouble(copy, Point.State.CORRUPT, String.valueOf(e.getMessage()));
    } else if (isGone(copy)) {
      trouble(copy, Point.State.MISSING, "The object %s is not there.".formatted(copy.key()));
    } else {
      LOG.warn("The copy {} could not be read: {}", copy.words(), e.getMessage());
      copies.claimFor(copy, settings.pause());
    }
  }

  /** Only a store that answers can say so. */
  private boolean isGone(CopyLine copy) {
    try {
      return stores.named(copy.store()).head(new Key(copy.key())).isEmpty();
    } catch (RunException away) {
      return false;
    }
  }

  private void trouble(CopyLine copy, Point.State state, String problem) {
    LOG.error("The copy {} is {}: {}", copy.words(), state, problem);
    copies.troubled(copy, state, problem);
  }
}
