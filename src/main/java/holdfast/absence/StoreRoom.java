package holdfast.absence;

import holdfast.journal.Transaction;
import holdfast.plan.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Buckets in which nearly as much rests as the plan allows, by the copies that the catalog knows.
 */
final class StoreRoom implements Finder {

  static final int FILLING = 80;
  static final int NEARLY_FULL = 95;

  private final Transaction journal;
  private final Map<String, Long> capacities;

  /**
   * Of these stores.
   *
   * @param capacities bytes by the name of the store
   */
  StoreRoom(Transaction journal, Map<String, Long> capacities) {
    this.journal = journal;
    this.capacities = Map.copyOf(capacities);
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    return capacities.keySet().stream()
        .sorted()
        .flatMap(store -> trouble(store, taken(store), capacities.get(store)).stream())
        .toList();
  }

  /** Pure. */
  static Optional<Trouble> trouble(String store, long taken, long capacity) {
    long percent = (long) (100.0 * taken / capacity);
    if (percent < FILLING) {
      return Optional.empty();
    }
    return Optional.of(
        new Trouble(
            store,
            percent >= NEARLY_FULL ? Severity.HIGH : Severity.MEDIUM,
            Trouble.about("store " + store),
            "The store %s fills up".formatted(store),
            "%,.1f GB rest there, which is %d %% of its capacity of %,.1f GB."
                .formatted(taken / 1e9, percent, capacity / 1e9)));
  }

  private long taken(String store) {
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT coalesce(sum(bytes), 0) FROM copies
                    WHERE store = :store AND state NOT IN ('DELETED', 'MISSING')""")
                .param("store", store)
                .query(Long.class)
                .single());
  }
}
