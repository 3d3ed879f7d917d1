package holdfast.retention;

import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Store;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what one store holds of a point: all but the tombstone. May be broken off anywhere and
 * begun again. Data goes first and the manifest last, so that what still has its data still has the
 * word for it.
 */
final class Removal {

  /** What a bucket rule may remove, also the versions that a removal leaves behind. */
  private static final Map<String, String> EXPIRING = Map.of("holdfast", "expiring");

  private static final Set<String> OUTLIVING =
      Set.of(Layout.TOMBSTONE, Layout.signature(Layout.TOMBSTONE));

  private final Point point;
  private final Point.Copy copy;
  private final Store store;
  private final Key folder;

  /**
   * Of one copy.
   *
   * @throws RunException REFUSED when the copy does not lie where a point of that name lies
   */
  Removal(Point point, Point.Copy copy, Store store) {
    this.point = point;
    this.copy = copy;
    this.store = store;
    this.folder = Layout.folder(point.asset(), point.id());
    if (!copy.key().startsWith(folder.path() + "/")) {
      throw new RunException(
          Code.REFUSED,
          point.id(),
          false,
          "The copy of %s in store %s does not lie in a folder of its own; remove it by hand."
              .formatted(point.id(), store.name()));
    }
  }

  /**
   * Puts the tombstone, removes everything else, and looks whether it is gone.
   *
   * @throws RunException REFUSED while the store has locked something; what else hindered it
   */
  void run(Notes notes, Note tombstone) {
    List<Key> keys = keys();
    for (Key key : keys) {
      locked(key, tombstone.at());
    }
    if (keys.isEmpty()) {
      return;
    }
    notes.put(store, new Key(copy.key()), tombstone);
    keys.forEach(key -> store.tag(key, EXPIRING));
    for (Key key : keys) {
      store.remove(key);
      if (store.head(key).isPresent()) {
        throw new RunException(
            Code.REFUSED,
            store.name(),
            true,
            "Store %s still has %s after its removal; look at the bucket's own rules."
                .formatted(store.name(), key));
      }
    }
  }

  private void locked(Key key, Instant now) {
    Optional<Instant> until = store.lockedUntil(key).filter(lock -> lock.isAfter(now));
    if (until.isPresent()) {
      throw new RunException(
          Code.REFUSED,
          store.name(),
          true,
          "Store %s has locked %s %s; it is removed after that."
              .formatted(
                  store.name(),
                  key,
                  until.get().equals(Instant.MAX) ? "by a legal hold" : "until " + until.get()));
    }
  }

  private List<Key> keys() {
    String manifest = folder.path() + "/" + Layout.MANIFEST;
    Comparator<Key> dataFirst = Comparator.comparing(key -> !key.path().equals(copy.key()));
    Comparator<Key> manifestLast = Comparator.comparing(key -> key.path().startsWith(manifest));
    return store
        .list(folder.path() + "/")
        .map(Store.Entry::key)
        .filter(key -> !OUTLIVING.contains(key.path().substring(folder.path().length() + 1)))
        .sorted(dataFirst.thenComparing(manifestLast).thenComparing(Key::path))
        .toList();
  }

  /** Whether the data is still there, as long as it was. */
  boolean stands() {
    return store
            .head(new Key(copy.key()))
            .filter(head -> head.bytes() == point.sealedBytes())
            .isPresent()
        && store.head(Layout.beside(new Key(copy.key()), Layout.MANIFEST)).isPresent();
  }

  /** Takes the tombstone away from a copy that counts again. */
  void undo() {
    store.remove(folder.child(Layout.TOMBSTONE));
    store.remove(folder.child(Layout.signature(Layout.TOMBSTONE)));
  }
}
