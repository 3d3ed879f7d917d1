package holdfast.catalog;

import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes points into the catalog that rest in a store and that the catalog does not know: from a
 * backup whose process died before its last step, or from the time after a catalog that was itself
 * restored. What is taken is SUSPECT until every byte of it was read again.
 */
public final class Adoption {

  /** Runs that left nothing which counts, however whole it looks. */
  private static final Set<Run.State> LEFT_NOTHING =
      EnumSet.of(Run.State.FAILED, Run.State.CANCELLED, Run.State.SKIPPED);

  private final Transaction journal;
  private final Audit audit;
  private final Runs runs;
  private final Stores stores;
  private final KeyRing keys;
  private final PointRows points;
  private final ProofRows proofs;
  private final Copybook copies;

  Adoption(
      Transaction journal, Audit audit, Runs runs, Stores stores, KeyRing keys, Copybook copies) {
    this.journal = journal;
    this.audit = audit;
    this.runs = runs;
    this.stores = stores;
    this.keys = keys;
    this.points = new PointRows(journal);
    this.proofs = new ProofRows(journal);
    this.copies = copies;
  }

  /** What became of what lies in a folder. */
  public enum Fate {
    /** The catalog knows this copy. */
    KNOWN,
    /** A point that was not known. */
    ADOPTED,
    /** A copy, that was not known, of a point that was. */
    COPY_ADOPTED,
    /** Retention removed the point, and says so there. */
    REMOVED,
    /** No manifest, so there is nothing to know; or its backup still runs. */
    UNFINISHED,
    /** What a run left that ended badly: no point, however whole it looks. */
    VOID,
    /** It is not what it says it is. */
    REFUSED
  }

  /**
   * One folder of a store.
   *
   * @param reason one sentence where it was not taken; empty else
   */
  public record Found(String store, Folder folder, Fate fate, String reason) {}

  /** Looks at one folder, and takes what is in it where it is whole and signed by us. */
  public Found adopt(String store, Folder folder) {
    try (var listing = stores.named(store).list(folder.path())) {
      return adopt(store, folder, listing.toList());
    }
  }

  Found adopt(String store, Folder folder, List<Store.Entry> entries) {
    if (has(entries, folder, Layout.TOMBSTONE)
        && Resting.isRemoved(stores.named(store), folder, keys)) {
      return new Found(store, folder, Fate.REMOVED, "");
    }
    if (!has(entries, folder, Layout.MANIFEST)) {
      return new Found(store, folder, Fate.UNFINISHED, "There is no manifest.");
    }
    Optional<Point> known = journal.in(() -> points.find(folder.point()));
    if (known.isPresent() && isThere(known.get(), store)) {
      return new Found(store, folder, Fate.KNOWN, "");
    }
    if (known.isEmpty()) {
      Run run = runs.find(folder.point()).orElse(null);
      if (run != null && !run.over()) {
        return new Found(store, folder, Fate.UNFINISHED, "Its backup still runs.");
      }
      if (run != null && LEFT_NOTHING.contains(run.state())) {
        return new Found(store, folder, Fate.VOID, "Its run ended as %s.".formatted(run.state()));
      }
    }
    try {
      return taken(store, read(store, folder, entries), known.orElse(null));
    } catch (RunException e) {
      if (e.code() == Code.UNREACHABLE && e.retryable()) {
        throw e;
      }
      return new Found(store, folder, Fate.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isThere(Point point, String store) {
    return point.copies().stream()
        .anyMatch(copy -> copy.store().equals(store) && copy.state() != Point.State.MISSING);
  }

  private static boolean has(List<Store.Entry> entries, Folder folder, String name) {
    return entries.stream().anyMatch(entry -> entry.key().equals(folder.child(name)));
  }

  private Resting read(String store, Folder folder, List<Store.Entry> entries) {
    return Resting.read(stores.named(store), folder, entries, keys);
  }

  private Found taken(String store, Resting resting, @Nullable Point known) {
    if (known != null && !known.manifest().equals(resting.text())) {
      return new Found(
          store, resting.folder(), Fate.REFUSED, "Its manifest is not the one the catalog knows.");
    }
    journal.run(
        () -> {
          Point point = known == null ? newPoint(store, resting) : known;
          copies.found(point, store, resting.data().path());
          resting.proofs().forEach(proofs::insert);
        });
    return new Found(store, resting.folder(), known == null ? Fate.ADOPTED : Fate.COPY_ADOPTED, "");
  }

  private Point newPoint(String store, Resting resting) {
    Manifest manifest = resting.manifest();
    Point point =
        new Point(
            manifest.point(),
            resting.folder().asset(),
            Point.State.SUSPECT,
            manifest.startedAt(),
            manifest.endedAt(),
            manifest.plain().bytes(),
            manifest.plain().sha256(),
            manifest.sealed().bytes(),
            manifest.sealed().sha256(),
            resting.text(),
            List.of(),
            null);
    points.adopt(point, manifest.token(), new String(resting.signature(), StandardCharsets.UTF_8));
    audit.append("holdfast", "point.adopted", point.id(), Map.of("store", store));
    return point;
  }
}
