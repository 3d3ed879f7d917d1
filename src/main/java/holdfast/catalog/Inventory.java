package holdfast.catalog;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lists whole stores, and takes into the catalog what rests there and is not in it. */
public final class Inventory {

  private final Transaction journal;
  private final Stores stores;
  private final Adoption adoption;
  private final InstantSource clock;

  Inventory(Transaction journal, Stores stores, Adoption adoption, InstantSource clock) {
    this.journal = journal;
    this.stores = stores;
    this.adoption = adoption;
    this.clock = clock;
  }

  /**
   * One folder that was looked at.
   *
   * @param newest when the newest object in it was written
   */
  public record Line(Adoption.Found found, Instant newest) {}

  /**
   * What a whole store holds.
   *
   * @param folders one per point
   */
  public record Scan(String store, long objects, long bytes, List<Line> folders) {

    /** How many folders met that fate. */
    public long count(Adoption.Fate fate) {
      return folders.stream().filter(line -> line.found().fate() == fate).count();
    }
  }

  /**
   * Looks at every folder of a store. What is taken before a failure stays taken, and the next scan
   * goes on from there.
   *
   * @param told of each folder as it was looked at
   */
  public Scan scan(String store, Consumer<Line> told) {
    long objects = 0;
    long bytes = 0;
    Map<Folder, List<Store.Entry>> folders = new LinkedHashMap<>();
    try (Stream<Store.Entry> listing = stores.named(store).list("")) {
      for (Store.Entry entry : (Iterable<Store.Entry>) listing::iterator) {
        objects++;
        bytes += entry.bytes();
        Folder.of(entry.key())
            .ifPresent(at -> folders.computeIfAbsent(at, any -> new ArrayList<>()).add(entry));
      }
    }
    List<Line> lines = new ArrayList<>();
    folders.forEach((folder, entries) -> lines.add(line(store, folder, entries, told)));
    note(store, objects, bytes);
    return new Scan(store, objects, bytes, List.copyOf(lines));
  }

  private Line line(String store, Folder folder, List<Store.Entry> entries, Consumer<Line> told) {
    Instant newest =
        entries.stream().map(Store.Entry::modified).max(Instant::compareTo).orElse(Instant.EPOCH);
    Line line = new Line(adoption.adopt(store, folder, entries), newest);
    told.accept(line);
    return line;
  }

  private void note(String store, long objects, long bytes) {
    journal.run(
        () ->
            journal
                .sql(
                    """
                    INSERT INTO store_scans (store, scanned_at, objects, bytes)
                    VALUES (:store, :at, :objects, :bytes)
                    ON CONFLICT (store) DO UPDATE SET scanned_at = excluded.scanned_at,
                      objects = excluded.objects, bytes = excluded.bytes""")
                .param("store", store)
                .param("at", Column.of(clock.instant()))
                .param("objects", objects)
                .param("bytes", bytes)
                .update());
  }

  /** When a store was last listed to its end; absent when it never was. */
  public Optional<Instant> scannedAt(String store) {
    return journal.in(
        () ->
            journal
                .sql("SELECT scanned_at FROM store_scans WHERE store = :store")
                .param("store", store)
                .query((row, number) -> Column.moment(row, "scanned_at"))
                .optional());
  }

  /** Whether a store was last listed longer ago than {@code age}, or never. */
  public boolean isDue(String store, Duration age) {
    Instant before = clock.instant().minus(age);
    return scannedAt(store).map(at -> !at.isAfter(before)).orElse(true);
  }
}
