package holdfast.backup;

import holdfast.catalog.Layout;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Patience;
import holdfast.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one point's bytes into one store. What it put there goes again when the store was
 * lost, and when the whole is not kept.
 */
final class Leg implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leg.class);
  private static final long CLEARING_MS = 10_000;

  private final Store store;
  private final Key data;
  private final Patience patience;
  private final List<Key> puts = new ArrayList<>();
  private Store.@Nullable Upload upload;
  private Store.@Nullable Receipt receipt;
  private volatile @Nullable RunException lost;
  private @Nullable Thread clearing;

  Leg(Store store, Key data, Function<Leg, Patience> patience) {
    this.store = store;
    this.data = data;
    this.patience = patience.apply(this);
  }

  String name() {
    return store.name();
  }

  /** Why the store is out of this run; null while it is not. */
  @Nullable RunException lost() {
    return lost;
  }

  /** Whether the store refuses right now, and is being asked again. */
  boolean waits() {
    return patience.waits();
  }

  void begin(long expectedBytes, Store.Attributes attributes) {
    upload = store.begin(data, expectedBytes, attributes, patience);
  }

  void write(byte[] buffer, int offset, int length) throws IOException {
    begun().sink().write(buffer, offset, length);
  }

  /** The store holds exactly the bytes that were sealed. */
  void complete(long sealedBytes) throws IOException {
    puts.add(data);
    Store.Receipt completed = begun().complete();
    if (completed.head().bytes() != sealedBytes) {
      throw new RunException(
          Code.CORRUPT,
          name(),
          true,
          "Store %s holds %d bytes of %s where %d were sent; the upload was removed, run it again."
              .formatted(name(), completed.head().bytes(), data, sealedBytes));
    }
    receipt = completed;
  }

  /** Puts signature and manifest beside the data, the manifest last: it says that all is there. */
  void describe(byte[] manifest, byte[] signature) {
    put(Layout.signature(Layout.MANIFEST), signature, "application/pgp-signature");
    put(Layout.MANIFEST, manifest, "application/json");
  }

  private void put(String name, byte[] document, String type) {
    Key key = Layout.beside(data, name);
    Store.Attributes attributes =
        new Store.Attributes(type, Map.of(), Map.of("holdfast", "manifest"));
    puts.add(key);
    if (!patience.ask(() -> store.putIfAbsent(key, document, attributes))) {
      puts.remove(key); // not ours, so not ours to remove
      throw new RunException(
          Code.REFUSED,
          name(),
          true,
          "Store %s already has %s, which nothing of ours may overwrite; run the backup again."
              .formatted(name(), key));
    }
  }

  /** What the upload left. */
  Store.Receipt receipt() {
    if (receipt == null) {
      throw new IllegalStateException("The upload to " + name() + " was not completed");
    }
    return receipt;
  }

  /** Goes on without this store; a store that is away is cleared up beside the others' work. */
  void lose(RunException why) {
    lost = why;
    LOG.warn("The copy of {} in store {} is given up: {}", data, name(), why.getMessage());
    patience.end();
    Thread thread = new Thread(this::clear, "lost-" + name());
    thread.setDaemon(true);
    clearing = thread;
    thread.start();
  }

  private void clear() {
    clearOf(upload);
    remove();
  }

  /** Takes away what was put. */
  synchronized void remove() {
    for (int at = puts.size() - 1; at >= 0; at--) {
      Key key = puts.get(at);
      quietly(key.path(), () -> store.remove(key));
    }
    puts.clear();
  }

  /** Ends the upload, unless it is complete; of a lost store, waits a while for that. */
  @Override
  public void close() {
    patience.end();
    Thread thread = clearing;
    if (thread == null) {
      clearOf(upload);
      return;
    }
    try {
      thread.join(CLEARING_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void clearOf(Store.@Nullable Upload begun) {
    if (begun != null) {
      quietly("an upload", begun::close);
    }
  }

  private void quietly(String what, Runnable closing) {
    try {
      closing.run();
    } catch (RuntimeException e) {
      LOG.warn("Closing {} in store {} failed: {}", what, name(), e.toString());
    }
  }

  private Store.Upload begun() {
    if (upload == null) {
      throw new IllegalStateException("The upload to " + name() + " was not begun");
    }
    return upload;
  }
}
