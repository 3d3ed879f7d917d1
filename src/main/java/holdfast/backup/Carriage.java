package holdfast.backup;

import holdfast.catalog.CopyLine;
import holdfast.catalog.Documents;
import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Patience;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.TallyInput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries one copy from store to store. Its documents follow the data, the manifest last; nothing
 * is completed whose hash is not the one that was sealed.
 */
final class Carriage implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 18;
  private static final Duration BEAT = Duration.ofSeconds(20);

  private final Stores stores;
  private final CopyLine wanted;
  private final Patience patience;
  private final Runnable alive;
  private volatile Store.@Nullable Upload upload;

  /**
   * A way for one copy.
   *
   * @param alive called every now and then while bytes move
   */
  Carriage(Stores stores, CopyLine wanted, BackupSettings settings, Runnable alive) {
    this.stores = stores;
    this.wanted = wanted;
    this.patience = Patience.of(settings::storeWait, settings.storePause());
    this.alive = alive;
  }

  /**
   * Makes the copy out of another.
   *
   * @throws RunException CORRUPT, naming the store of {@code from}, when that one is damaged
   */
  Store.Receipt from(Point.Copy from, Pulse pulse) {
    Store source = stores.named(from.store());
    Store target = stores.named(wanted.store());
    Key data = new Key(wanted.key());
    try (Store.Upload sending =
            target.begin(data, wanted.sealed().bytes(), attributes(), patience);
        InputStream stored = source.open(new Key(from.key()));
        TallyInput bytes = new TallyInput(stored)) {
      upload = sending;
      pulse.moving("copy", bytes::bytes, wanted.sealed().bytes());
      send(bytes, sending);
      if (!bytes.digest().equals(wanted.sealed())) {
        throw damaged(from);
      }
      pulse.check();
      Store.Receipt receipt = sending.complete();
      pulse.working("finish");
      documents(source, new Key(from.key()), target, data);
      return receipt;
    } catch (IOException e) {
      throw new RunException(
          Code.UNREACHABLE,
          from.store(),
          true,
          "Store %s broke off while %s was read: try again.".formatted(from.store(), from.key()),
          e);
    }
  }

  private void send(TallyInput bytes, Store.Upload sending) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long beat = System.nanoTime();
    for (int read = bytes.read(buffer, 0, buffer.length);
        read >= 0;
        read = bytes.read(buffer, 0, buffer.length)) {
      sending.sink().write(buffer, 0, read);
      if (System.nanoTime() - beat > BEAT.toNanos()) {
        alive.run();
        beat = System.nanoTime();
      }
    }
  }

  private Store.Attributes attributes() {
    return new Store.Attributes(
        "application/octet-stream",
        Map.of("holdfast-point", wanted.point(), "holdfast-asset", wanted.asset().toString()),
        Backup.TAGS);
  }

  /** Signatures before what they sign, and the manifest after everything else. */
  private void documents(Store source, Key from, Store target, Key to) {
    String folder = from.path().substring(0, from.path().lastIndexOf('/') + 1);
    List<String> names;
    try (Stream<Store.Entry> entries = source.list(folder)) {
      names =
          entries
              .map(entry -> entry.key().path().substring(folder.length()))
              .filter(name -> name.endsWith(".json") || name.endsWith(".asc"))
              .filter(name -> !name.equals(Layout.MANIFEST))
              .sorted((a, b) -> Boolean.compare(b.endsWith(".asc"), a.endsWith(".asc")))
              .toList();
    }
    for (String name : Stream.concat(names.stream(), Stream.of(Layout.MANIFEST)).toList()) {
      byte[] document = Documents.read(source, Layout.beside(from, name));
      String kind = name.startsWith("proof-") ? "proof" : "manifest";
      Store.Attributes attributes =
          new Store.Attributes("application/json", Map.of(), Map.of("holdfast", kind));
      patience.ask(() -> target.putIfAbsent(Layout.beside(to, name), document, attributes));
    }
  }

  private static RunException damaged(Point.Copy from) {
    return new RunException(
        Code.CORRUPT,
        from.store(),
        false,
        "The copy in store %s at %s is damaged, so no other was made from it; use another copy or point."
            .formatted(from.store(), from.key()));
  }

  /** Ends what is under way; safe from any thread. */
  @Override
  public void close() {
    patience.end();
    Store.Upload sending = upload;
    if (sending != null) {
      sending.close();
    }
  }
}
