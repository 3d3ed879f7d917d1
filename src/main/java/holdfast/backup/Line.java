package holdfast.backup;

import holdfast.journal.Pulse;
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

  private final Asset asset;
  private final KeyRing keys;
  private final Fan fan;
  private final Thread worker = Thread.currentThread();
  private final Object door = new Object();
  private Source.@Nullable Dump dump;
  private boolean stopped;
  private boolean closed;
  private boolean kept;
  private volatile @Nullable Chain chain;
  private Chain.@Nullable Digests digests;

  Line(Asset asset, Key data, List<Store> targets, KeyRing keys, BackupSettings settings) {
    this.asset = asset;
    this.keys = keys;
    this.fan = new Fan(targets, data, asset.copies().required(), settings);
  }

  /** Begins an upload to every store and puts the layers together. */
  void open(long expectedBytes, Store.Attributes attributes) throws IOException {
    fan.each(leg -> leg.begin(expectedBytes, attributes));
    chain = Chain.to(fan, asset.pipeline(), keys);
  }

  /** Plain bytes so far. */
  long moved() {
    Chain moving = chain;
    return moving == null ? 0 : moving.plainBytes();
  }

  /** Whether it is a store that bytes wait for, and not the source; from any thread. */
  boolean waitsForStore() {
    return fan.holds();
  }

  /** The store that is waited for; null where none is. From any thread. */
  @Nullable String waitsFor() {
    return fan.waitsFor();
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
  void complete() throws IOException {
    fan.each(leg -> leg.complete(sealed().bytes()));
  }

  /** Puts signature and manifest beside the data of every store. */
  void describe(byte[] manifest, byte[] signature) throws IOException {
    fan.each(leg -> leg.describe(manifest, signature));
  }

  /** What rests in the stores that came through. */
  List<Store.Receipt> receipts() {
    return fan.left().stream().map(Leg::receipt).toList();
  }

  /** Why the other stores did not, by their names. */
  Map<String, String> lost() {
    return fan.lost();
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
    fan.end();
    if (chain != null) {
      quietly("the chain", chain::close);
    }
    if (!kept) {
      fan.remove();
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
