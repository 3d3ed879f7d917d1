package holdfast.custody;

import holdfast.catalog.Layout;
import holdfast.custody.AuditDocument.Name;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The signed copies of the audit in one store. */
final class AuditShelf {

  private static final int DOCUMENT_BYTES_MAX = 64 << 20;

  private final Store store;
  private final KeyRing keys;

  AuditShelf(Store store, KeyRing keys) {
    this.store = store;
    this.keys = keys;
  }

  String name() {
    return store.name();
  }

  /**
   * Those whose signature is there too and that nobody has set aside, by chain, the one that
   * reaches furthest last.
   */
  List<Name> names(String prefix) {
    Set<String> there = listed(prefix);
    Set<String> aside = aside();
    return there.stream()
        .filter(path -> !aside.contains(path))
        .flatMap(path -> AuditDocument.name(new Key(path)).stream())
        .filter(name -> there.contains(Layout.signature(name.key().path())))
        .sorted(Comparator.comparing(Name::chain).thenComparing(Name::last))
        .toList();
  }

  private Set<String> listed(String prefix) {
    try (Stream<Store.Entry> entries = store.list(prefix)) {
      return entries.map(entry -> entry.key().path()).collect(Collectors.toSet());
    }
  }

  /** What was set aside by somebody, as we have signed it. */
  private Set<String> aside() {
    return listed(Acceptance.FOLDER).stream()
        .filter(path -> path.endsWith(".json"))
        .map(Key::new)
        .filter(this::isOurs)
        .flatMap(key -> Acceptance.read(key, bytes(key)).copies().stream())
        .collect(Collectors.toSet());
  }

  /** Somebody else's acceptance sets nothing of ours aside. */
  private boolean isOurs(Key key) {
    try {
      keys.verify(bytes(key), bytes(new Key(Layout.signature(key.path()))));
      return true;
    } catch (RunException e) {
      if (e.code() == Code.CORRUPT) {
        return false;
      }
      throw e;
    }
  }

  /** Sets copies aside for good. */
  void put(Acceptance acceptance) {
    byte[] json = acceptance.json();
    put(new Key(Layout.signature(acceptance.key().path())), keys.sign(json));
    put(acceptance.key(), json);
  }

  /** Throws CORRUPT unless it is ours, and is what was written. */
  AuditDocument document(Name name) {
    byte[] json = bytes(name.key());
    keys.verify(json, bytes(new Key(Layout.signature(name.key().path()))));
    return AuditDocument.read(name, json);
  }

  private byte[] bytes(Key key) {
    try (InputStream in = store.open(key)) {
      return in.readNBytes(DOCUMENT_BYTES_MAX);
    } catch (IOException e) {
      throw new RunException(
          Code.UNREACHABLE,
          store.name(),
          true,
          "Store %s broke off while %s was read: try again.".formatted(store.name(), key),
          e);
    }
  }

  /** The signature last: a document without one counts for nothing. */
  void put(AuditDocument document) {
    byte[] json = document.json();
    Key key = document.name().key();
    put(key, json);
    Key signature = new Key(Layout.signature(key.path()));
    if (store.head(signature).isEmpty()) {
      put(signature, keys.sign(json));
    }
  }

  /** What is there already must be the same: another node, or this one before it was killed. */
  private void put(Key key, byte[] bytes) {
    Store.Attributes attributes =
        new Store.Attributes("application/json", Map.of(), Map.of("holdfast", "audit"));
    if (!store.putIfAbsent(key, bytes, attributes) && !Arrays.equals(bytes(key), bytes)) {
      throw new RunException(
          Code.CORRUPT,
          store.name(),
          false,
          "Store %s already has another %s than this journal would write."
              .formatted(store.name(), key));
    }
  }
}
