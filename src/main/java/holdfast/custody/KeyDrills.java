package holdfast.custody;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.custody.Drill.Outcome;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.plan.Secret;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the escrowed key, and not only the one that works every day, opens the newest point
 * of each asset. Every drill is journaled, whatever came of it.
 */
public final class KeyDrills implements AutoCloseable {

  /** How often it is made by itself where the key is declared. */
  static final Duration WEEKLY = Duration.ofDays(7);

  /** How soon one that could not be made is tried again. */
  static final Duration AGAIN = Duration.ofHours(1);

  private final Transaction journal;
  private final Audit audit;
  private final DrillRows rows;
  private final Plans plans;
  private final Catalog catalog;
  private final Stores stores;
  private final KeyRing keys;
  private final Ids ids;
  private final InstantSource clock;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread drilling = new Thread(work, "key-drill");
            drilling.setDaemon(true);
            return drilling;
          });

  KeyDrills(
      Transaction journal,
      Audit audit,
      Plans plans,
      Catalog catalog,
      Stores stores,
      KeyRing keys,
      Ids ids,
      InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.rows = new DrillRows(journal);
    this.plans = plans;
    this.catalog = catalog;
    this.stores = stores;
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
  }

  /** What somebody has handed over for one drill: the key, as armored text, and what unlocks it. */
  public record Given(String name, byte[] armored, Secret passphrase) {}

  /**
   * Begins a drill beside the caller; its id.
   *
   * @param asset whose newest point is tried; null for one of each asset
   * @param given null for the key that the plan declares
   * @throws RunException INVALID for an unknown asset or where there is no point; NO_KEY where
   *     there is no key, or none can be read
   */
  public String begin(@Nullable AssetId asset, @Nullable Given given, String actor) {
    KeyRing escrow =
        given == null
            ? keys.withEscrow()
            : keys.withEscrow(Path.of(given.name()), given.armored(), given.passphrase());
    List<Point> points = points(asset);
    String id = ids.next();
    running.add(id);
    thread.execute(
        () -> {
          try {
            points.forEach(point -> make(id, point, () -> escrow, actor));
          } finally {
            running.remove(id);
          }
        });
    return id;
  }

  private List<Point> points(@Nullable AssetId asset) {
    List<Point> points =
        plans.assets().stream()
            .map(Asset::id)
            .filter(id -> asset == null || id.equals(asset))
            .flatMap(id -> catalog.latest(id).stream())
            .toList();
    if (points.isEmpty()) {
      throw new RunException(
          Code.INVALID,
          String.valueOf(asset),
          false,
          asset == null
              ? "There is no recovery point that a drill could open: make one with 'holdfast backup'."
              : "%s is no asset with a recovery point that a drill could open.".formatted(asset));
    }
    return points;
  }

  /** Whether a drill of that id is still under way. */
  public boolean running(String id) {
    return running.contains(id);
  }

  /** What has come of a drill so far. */
  public List<Drill> of(String id) {
    return journal.in(() -> rows.of(id));
  }

  /** Makes the drills that are due by themselves; how many those were. */
  public int makeDue() {
    if (plans.installation().keys().escrow() == null) {
      return 0;
    }
    int made = 0;
    for (Asset asset : plans.assets()) {
      Optional<Point> newest = catalog.latest(asset.id());
      if (newest.isPresent() && isDue(asset.id())) {
        make(ids.next(), newest.get(), keys::withEscrow, "holdfast");
        made++;
      }
    }
    return made;
  }

  private boolean isDue(AssetId asset) {
    Instant now = clock.instant();
    return journal
        .in(() -> rows.newest(asset, Outcome.values()))
        .map(last -> last.at().plus(last.outcome() == Outcome.PASS ? WEEKLY : AGAIN))
        .filter(due -> due.isAfter(now))
        .isEmpty();
  }

  private void make(String id, Point point, Supplier<KeyRing> key, String actor) {
    long began = System.nanoTime();
    String fingerprint = "";
    Opening.Result result;
    try {
      KeyRing escrow = key.get();
      fingerprint = escrow.opener();
      result = new Opening(stores, keys, catalog::signature).open(point, escrow);
    } catch (RunException e) {
      result = new Opening.Result(null, Outcome.FAIL, e.getMessage(), 0);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    note(
        new Drill(
            id,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            actor,
            fingerprint,
            point.asset(),
            point.id(),
            result.store(),
            result.outcome(),
            result.reason().strip(),
            result.bytes(),
            seconds));
  }

  private void note(Drill drill) {
    journal.run(
        () -> {
          rows.insert(drill);
          audit.append(
              drill.actor(),
              "key.drill",
              drill.point(),
              Map.of("key", drill.fingerprint(), "outcome", drill.outcome().words()));
        });
  }

  /**
   * How the drills of an asset stand.
   *
   * @param newest of those that came to a result; absent where none did
   * @param since when the newest passed; else when the first point was made; absent without points
   */
  public record Standing(AssetId asset, @Nullable Drill newest, @Nullable Instant since) {

    /** Whether the escrowed key was found not to open what is there. */
    public boolean failed() {
      return newest != null && newest.outcome() == Outcome.FAIL;
    }
  }

  /** Of every asset, in the order declared. */
  public List<Standing> standings() {
    return journal.in(
        () -> {
          Map<AssetId, Drill> results = rows.results();
          Map<AssetId, Instant> since = rows.since();
          return plans.assets().stream()
              .map(Asset::id)
              .map(asset -> new Standing(asset, results.get(asset), since.get(asset)))
              .toList();
        });
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
