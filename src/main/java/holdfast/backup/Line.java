package holdfast.backup;

import holdfast.catalog.Layout;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.source.Source;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.stream.Chain;
import holdfast.stream.Digest;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line that bytes run along, from the source through the chain to every store's upload. What it
 * put anywhere goes again unless it is kept.
 */
final class Line implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Line.class);
  private static final int BUFFER_BYTES = 1 << 18;

  private record Put(Store store, Key key) {}

  private final Asset asset;
  private final KeyRing keys;
  private final Thread worker = Thread.currentThread();
  private final Map<Store.Upload, Put> begun = new LinkedHashMap<>();
  private final List<Put> puts = new ArrayList<>();
  private final Object door = new Object();
  private Source.@Nullable Dump dump;
  private boolean stopped;
  private boolean closed;
  private boolean kept;
  private volatile @Nullable Chain chain;
  private Chain.@Nullable Digests digests;

  Line(Asset asset, KeyRing keys) {
    this.asset = asset;
    this.keys = keys;
  }

  /** Begins an upload to every store and puts the layers together. */
  void open(List<Store> targets, Key data, long expectedBytes, Store.Attributes attributes)
      throws IOException {
    List<OutputStream> sinks = new ArrayList<>();
    for (Store store : targets) {
      Store.Upload upload = store.begin(data, expectedBytes, attributes);
      begun.put(upload, new Put(store, data));
      sinks.add(upload.sink());
    }
    chain = Chain.to(sinks.size() == 1 ? sinks.get(0) : new Fan(sinks), asset.pipeline(), keys);
  }

  /** Plain bytes so far. */
  long moved() {
    Chain moving = chain;
    return moving == null ? 0 : moving.plainBytes();
  }

  /** Moves every byte of {@code started} to the end of the line. */
  void drain(Source.Dump started, Pulse pulse) throws IOException {
    synchronized (door) {
      dump = started;
    }
    pulse.check();
    OutputStream head = there(chain).in();
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream bytes = started.bytes();
    for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
      head.write(buffer, 0, read);
    }
    pulse.check();
    digests = there(chain).finish();
  }

  /** What the source says of the bytes it gave. */
  Source.Evidence evidence() {
    return there(dump).evidence();
  }

  Digest plain() {
    return there(digests).plain();
  }

  Digest sealed() {
    return there(digests).sealed();
  }

  /** Completes every upload; each must hold exactly the bytes that were sealed. */
  List<Store.Receipt> complete() throws IOException {
    List<Store.Receipt> receipts = new ArrayList<>();
    for (Map.Entry<Store.Upload, Put> one : begun.entrySet()) {
      puts.add(one.getValue());
      Store.Receipt receipt = one.getKey().complete();
      if (receipt.head().bytes() != sealed().bytes()) {
        throw new RunException(
            Code.CORRUPT,
            receipt.store(),
            true,
            "Store %s holds %d bytes of %s where %d were sent; the upload was removed, run it again."
                .formatted(receipt.store(), receipt.head().bytes(), asset.id(), sealed().bytes()));
      }
      receipts.add(receipt);
    }
    return List.copyOf(receipts);
  }

  /** Puts signature and manifest beside the data, the manifest last: it says that all is there. */
  void describe(List<Store> targets, Key data, byte[] manifest, byte[] signature) {
    Store.Attributes json =
        new Store.Attributes("application/json", Map.of(), Map.of("holdfast", "manifest"));
    Store.Attributes armor =
        new Store.Attributes("application/pgp-signature", Map.of(), Map.of("holdfast", "manifest"));
    for (Store store : targets) {
      put(store, Layout.beside(data, Layout.signature(Layout.MANIFEST)), signature, armor);
      put(store, Layout.beside(data, Layout.MANIFEST), manifest, json);
    }
  }

  private void put(Store store, Key key, byte[] document, Store.Attributes attributes) {
    Put put = new Put(store, key);
    puts.add(put);
    if (!store.putIfAbsent(key, document, attributes)) {
      puts.remove(put); // not ours, so not ours to remove
      throw new RunException(
          Code.REFUSED,
          store.name(),
          true,
          "Store %s already has %s, which nothing of ours may overwrite; run the backup again."
              .formatted(store.name(), key));
    }
  }

  /** From now on, what was put stays. */
  void keep() {
    kept = true;
  }

  /** Ends the source and wakes the worker; safe from any thread. */
  void stop() {
    synchronized (door) {
      if (closed) {
        return;
      }
      stopped = true;
      if (dump != null) {
        dump.close();
      }
      worker.interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (door) {
      closed = true;
      if (stopped) {
        Thread.interrupted(); // what follows must be able to wait
      }
    }
    if (dump != null) {
      quietly("the dump", dump::close);
    }
    begun.keySet().forEach(upload -> quietly("an upload", upload::close));
    if (chain != null) {
      quietly("the chain", chain::close);
    }
    if (!kept) {
      puts.forEach(put -> quietly(put.key().path(), () -> put.store().remove(put.key())));
    }
  }

  private void quietly(String what, Runnable closing) {
    try {
      closing.run();
    } catch (RuntimeException e) {
      LOG.warn("Closing {} of {} failed: {}", what, asset.id(), e.toString());
    }
  }

  private static <T> T there(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("The line was used out of order");
    }
    return part;
  }
}
