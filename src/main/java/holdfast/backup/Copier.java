package holdfast.backup;

import holdfast.catalog.Catalog;
import holdfast.catalog.CopyLine;
import holdfast.catalog.Copybook;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the copies that points lack, each from one that is whole and hashed on its way. */
public final class Copier {

  private static final Logger LOG = LoggerFactory.getLogger(Copier.class);
  private static final Set<Point.State> WHOLE = Set.of(Point.State.GOOD, Point.State.PROVEN);

  /** Longer than a store is waited for; renewed while bytes move. */
  private static final Duration CLAIM = Duration.ofMinutes(35);

  private static final Duration PAUSE = Duration.ofMinutes(15);

  private final Catalog catalog;
  private final Copybook copies;
  private final Stores stores;
  private final Runs runs;
  private final Ids ids;
  private final BackupSettings settings;

  Copier(
      Catalog catalog,
      Copybook copies,
      Stores stores,
      Runs runs,
      Ids ids,
      BackupSettings settings) {
    this.catalog = catalog;
    this.copies = copies;
    this.stores = stores;
    this.runs = runs;
    this.ids = ids;
    this.settings = settings;
  }

  /** Makes every copy that is missing and can be made now, the newest points' first; how many. */
  public int copyMissing() {
    int made = 0;
    for (Optional<CopyLine> next = next(); next.isPresent(); next = next()) {
      if (copy(next.get())) {
        made++;
      }
    }
    return made;
  }

  private Optional<CopyLine> next() {
    return copies.claimMissing(CLAIM);
  }

  /** Whether the copy is there now. */
  private boolean copy(CopyLine missing) {
    Run run = runs.begin(request(missing));
    try {
      boolean made = carried(missing, run);
      runs.succeed(run, missing.point(), List.of());
      return made;
    } catch (RuntimeException e) {
      RunException failure = RunException.from(e, missing.store());
      LOG.warn("The copy {} was not made: {}", missing.words(), failure.getMessage());
      runs.fail(run, failure, List.of());
      copies.claimFor(missing, PAUSE);
      return false;
    }
  }

  private Runs.Request request(CopyLine missing) {
    return new Runs.Request(
        ids.next(),
        Run.Kind.COPY,
        missing.asset(),
        "copy:" + missing.store(),
        "holdfast",
        null,
        missing.point());
  }

  private boolean carried(CopyLine missing, Run run) {
    if (stores.named(missing.store()).head(new Key(missing.key())).isPresent()) {
      copies.troubled(missing, Point.State.SUSPECT, "It was found where it was missing.");
      return false; // it is read before anybody trusts it
    }
    try (Carriage carriage =
            new Carriage(stores, missing, settings, () -> copies.claimFor(missing, CLAIM));
        Pulse pulse = Pulse.start(runs, run, settings.stall(), carriage::close)) {
      copies.made(missing, carried(missing, carriage, pulse).head());
      return true;
    }
  }

  private Store.Receipt carried(CopyLine missing, Carriage carriage, Pulse pulse) {
    for (Point.Copy from : whole(missing)) {
      try {
        return carriage.from(from, pulse);
      } catch (RunException e) {
        pulse.check();
        if (e.code() != Code.CORRUPT || !e.subject().equals(from.store())) {
          throw e;
        }
        copies
            .find(missing.point(), from.store())
            .ifPresent(
                damaged ->
                    copies.troubled(damaged, Point.State.CORRUPT, String.valueOf(e.getMessage())));
      }
    }
    throw new RunException(
        Code.CORRUPT,
        missing.point(),
        false,
        "No copy of %s is whole any more, so none can be made from it: use another point."
            .formatted(missing.point()));
  }

  private List<Point.Copy> whole(CopyLine missing) {
    return catalog.find(missing.point()).map(Point::copies).orElse(List.of()).stream()
        .filter(copy -> WHOLE.contains(copy.state()))
        .toList();
  }
}
