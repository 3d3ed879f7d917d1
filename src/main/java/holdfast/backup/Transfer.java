package holdfast.backup;

import holdfast.catalog.Evidence;
import holdfast.catalog.Layout;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.source.Source;
import holdfast.source.Sources;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves one dump to every store of its asset, and leaves the whole of it or nothing. */
final class Transfer {

  private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

  private final Runs runs;
  private final Sources sources;
  private final Stores stores;
  private final KeyRing keys;
  private final InstantSource clock;
  private final BackupSettings settings;

  Transfer(
      Runs runs,
      Sources sources,
      Stores stores,
      KeyRing keys,
      InstantSource clock,
      BackupSettings settings) {
    this.runs = runs;
    this.sources = sources;
    this.stores = stores;
    this.keys = keys;
    this.clock = clock;
    this.settings = settings;
  }

  /** Everything opened here is closed here, whatever is thrown, Errors too. */
  Evidence run(Asset asset, Run run) throws IOException {
    Instant started = clock.instant();
    keys.requireRecipients(asset.pipeline().recipients());
    Source source = sources.of(asset);
    List<Store> targets = asset.stores().stream().map(stores::named).toList();
    String name = Layout.data(source.extension(), asset.pipeline().compression());
    Key data = Layout.folder(asset.id(), run.id()).child(name);
    Line line = new Line(asset, data, targets, keys, settings);
    try (Pulse pulse = Pulse.start(runs, run, settings.stall(), line::stop);
        line) { // closed first: cleaning up may outlast a lease
      Evidence evidence;
      try {
        evidence = move(asset, run, source, name, started, line, pulse);
      } catch (Throwable e) {
        pulse.check(); // why we stopped it says more than how it broke
        throw e;
      }
      line.keep();
      return evidence;
    }
  }

  /** Removes a transfer's objects, the manifest first; what cannot be removed is logged. */
  void remove(Evidence evidence) {
    for (Store.Receipt receipt : evidence.receipts()) {
      Key data = receipt.key();
      List<Key> all =
          List.of(
              Layout.beside(data, Layout.MANIFEST),
              Layout.beside(data, Layout.signature(Layout.MANIFEST)),
              data);
      for (Key key : all) {
        try {
          stores.named(receipt.store()).remove(key);
        } catch (RunException e) {
          LOG.warn("{} was left in store {}: {}", key, receipt.store(), e.getMessage());
        }
      }
    }
  }

  private Evidence move(
      Asset asset, Run run, Source source, String name, Instant started, Line line, Pulse pulse)
      throws IOException {
    Source.Facts facts = source.probe();
    pulse.waitingFor(line::waitsFor);
    Store.Attributes attributes =
        new Store.Attributes(
            "application/octet-stream",
            Map.of("holdfast-point", run.id(), "holdfast-asset", asset.id().toString()),
            Map.of()); // tagged once confirmed, so that no bucket rule moves it before
    line.open(facts.bytes(), attributes);
    pulse.moving(
        "dump",
        line::moved,
        facts.bytes() > 0 ? facts.bytes() : null,
        new Pulse.Held(line::waitsForStore, settings.storeWait()));
    Instant at = clock.instant();
    line.drain(source.dump(facts), pulse);
    pulse.working("finish");
    Source.Evidence dumped = line.evidence();
    pulse.check();
    runs.checkFence(run);
    line.complete();
    Instant ended = clock.instant();
    byte[] manifest = Description.of(asset, run, facts, dumped, line, name, keys, at, ended).json();
    byte[] signature = keys.sign(manifest);
    pulse.check();
    runs.checkFence(run);
    line.describe(manifest, signature);
    return new Evidence(
        run.id(),
        facts,
        dumped,
        line.plain(),
        line.sealed(),
        line.receipts(),
        line.lost(),
        manifest,
        signature,
        started,
        ended);
  }
}
