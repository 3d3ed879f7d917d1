package holdfast.retention;

import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signed notes beside points: puts them there, and reads what can be believed of those there. */
public final class Notes {

  private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

  /** Longer than any that we write. */
  private static final int LARGEST = 64 << 10;

  private static final Store.Attributes ATTRIBUTES =
      new Store.Attributes("application/json", Map.of(), Map.of("holdfast", "note"));

  private final Stores stores;
  private final KeyRing keys;

  public Notes(Stores stores, KeyRing keys) {
    this.stores = stores;
    this.keys = keys;
  }

  /** Puts a note beside every copy that is there; throws when one store would not take it. */
  void put(Point point, Note note) {
    for (Point.Copy copy : point.copies()) {
      if (copy.state() != Point.State.DELETED && copy.state() != Point.State.MISSING) {
        put(stores.named(copy.store()), new Key(copy.key()), note);
      }
    }
  }

  /** Puts a note beside {@code copy}, unless it is there. */
  void put(Store store, Key copy, Note note) {
    Key key = Layout.beside(copy, note.name());
    if (store.head(key).isEmpty()) {
      byte[] document = note.json();
      sign(store, Layout.beside(key, Layout.signature(note.name())), document);
      store.putIfAbsent(key, document, ATTRIBUTES);
    }
  }

  /** A signature that is there already, of a note that was never finished, is used if it fits. */
  private void sign(Store store, Key key, byte[] document) {
    byte[] signature = keys.sign(document);
    if (!store.putIfAbsent(key, signature, ATTRIBUTES) && !fits(store, key, document)) {
      store.remove(key);
      store.putIfAbsent(key, signature, ATTRIBUTES);
    }
  }

  private boolean fits(Store store, Key key, byte[] document) {
    try {
      keys.verify(document, bytes(store, key));
      return true;
    } catch (RunException e) {
      return false;
    }
  }

  /** What of the notes beside every copy that is not gone can be believed. */
  List<Note> read(Point point) {
    List<Note> notes = new ArrayList<>();
    Key folder = Layout.folder(point.asset(), point.id());
    for (Point.Copy copy : point.copies()) {
      if (copy.state() != Point.State.DELETED) {
        read(stores.named(copy.store()), folder, keys).stream()
            .filter(note -> note.plainSha256().equals(point.plainSha256()))
            .forEach(notes::add);
      }
    }
    return notes;
  }

  /**
   * The notes in a point's folder that are signed by us and speak of that point; others are logged
   * and passed over.
   *
   * @param folder of one point in one store
   */
  public static List<Note> read(Store store, Key folder, KeyRing keys) {
    List<Note> notes = new ArrayList<>();
    for (Store.Entry entry : store.list(folder.path() + "/").toList()) {
      String name = entry.key().path().substring(folder.path().length() + 1);
      if (isNote(name) && entry.bytes() <= LARGEST) {
        read(store, entry.key(), name, keys)
            .filter(note -> folder.path().endsWith("/" + note.point()) && note.name().equals(name))
            .ifPresent(notes::add);
      }
    }
    return notes;
  }

  private static boolean isNote(String name) {
    for (Note.Kind kind : Note.Kind.values()) {
      if (name.startsWith(kind.words() + "-") && name.endsWith(".json")) {
        return true;
      }
    }
    return name.equals(Layout.TOMBSTONE);
  }

  private static Optional<Note> read(Store store, Key key, String name, KeyRing keys) {
    try {
      byte[] document = bytes(store, key);
      keys.verify(document, bytes(store, Layout.beside(key, Layout.signature(name))));
      return Optional.of(Note.parse(document, key.path()));
    } catch (RunException e) {
      if (!isBad(e)) {
        throw e;
      }
      LOG.warn("The note {} in store {} does not count: {}", key, store.name(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether the note itself is wrong; what only could not be read now may be a hold. */
  private static boolean isBad(RunException failure) {
    return failure.code() == Code.CORRUPT
        || failure.code() == Code.UNREACHABLE && !failure.retryable();
  }

  private static byte[] bytes(Store store, Key key) {
    try (InputStream in = store.open(key)) {
      return in.readNBytes(LARGEST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of these notes, the one kind that no note of {@code end} has ended. */
  public static List<Note> standing(List<Note> notes, Note.Kind kind, Note.Kind end) {
    Set<String> ended =
        notes.stream().filter(note -> note.kind() == end).map(Note::id).collect(Collectors.toSet());
    return notes.stream()
        .filter(note -> note.kind() == kind && !ended.contains(note.id()))
        .toList();
  }
}
