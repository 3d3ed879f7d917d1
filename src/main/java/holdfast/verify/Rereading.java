package holdfast.verify;

import holdfast.catalog.Catalog;
import holdfast.catalog.CopyLine;
import holdfast.catalog.Documents;
import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.Digest;
import holdfast.stream.TallyInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every byte of a copy, and compares it with what was put; opens nothing. */
final class Rereading {

  private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);
  private static final Store.Attributes MANIFEST =
      new Store.Attributes("application/json", Map.of(), Map.of("holdfast", "manifest"));
  private static final int BUFFER_BYTES = 1 << 18;
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final Stores stores;
  private final Catalog catalog;
  private final Consumer<CopyLine> alive;

  /**
   * A reader of copies.
   *
   * @param alive called every now and then while a copy is read
   */
  Rereading(Stores stores, Catalog catalog, Consumer<CopyLine> alive) {
    this.stores = stores;
    this.catalog = catalog;
    this.alive = alive;
  }

  /**
   * Returns when every byte agrees.
   *
   * @throws RunException CORRUPT when one does not; UNREACHABLE when the store is
   */
  void read(Point point, CopyLine copy) {
    Store store = stores.named(copy.store());
    Digest found = digest(store, copy);
    if (!found.equals(copy.sealed())) {
      throw corrupt(
          copy,
          "its bytes are %d with SHA-256 %.12s… where %d with %.12s… were put"
              .formatted(
                  found.bytes(), found.sha256(), copy.sealed().bytes(), copy.sealed().sha256()));
    }
    Key signature = Layout.beside(new Key(copy.key()), Layout.signature(Layout.MANIFEST));
    Key manifest = Layout.beside(new Key(copy.key()), Layout.MANIFEST);
    document(store, signature, catalog.signature(point.id()), copy);
    document(store, manifest, point.manifest().getBytes(StandardCharsets.UTF_8), copy);
  }

  /** A document that is gone is put back, since the catalog has it. */
  private static void document(Store store, Key key, byte[] wanted, CopyLine copy) {
    boolean back = store.head(key).isEmpty() && store.putIfAbsent(key, wanted, MANIFEST);
    if (back) {
      LOG.warn("{} was gone from store {} and was put back", key, store.name());
    } else if (!Arrays.equals(Documents.read(store, key), wanted)) {
      throw corrupt(copy, "its " + Layout.MANIFEST + " or signature is not the catalog's");
    }
  }

  private Digest digest(Store store, CopyLine copy) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long beat = System.nanoTime();
    try (InputStream stored = store.open(new Key(copy.key()));
        TallyInput bytes = new TallyInput(stored)) {
      while (bytes.read(buffer, 0, buffer.length) >= 0) {
        if (System.nanoTime() - beat > BEAT.toNanos()) {
          alive.accept(copy);
          beat = System.nanoTime();
        }
      }
      return bytes.digest();
    } catch (IOException e) {
      throw new RunException(
          Code.UNREACHABLE,
          copy.store(),
          true,
          "Store %s broke off while %s was read: try again.".formatted(copy.store(), copy.key()),
          e);
    }
  }

  private static RunException corrupt(CopyLine copy, String how) {
    return new RunException(
        Code.CORRUPT,
        copy.store(),
        false,
        "The copy in store %s at %s is damaged: %s; use another copy or point."
            .formatted(copy.store(), copy.key(), how));
  }
}
