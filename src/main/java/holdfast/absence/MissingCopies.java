package holdfast.absence;

import holdfast.incident.OwnAlarms;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Points that may be restored and lack a copy: the newest, in any store of its plan; older ones,
 * where one was and is no more. A store that was added since owes nothing for the older ones.
 */
final class MissingCopies implements Finder {

  /** A copy may be under way for this long. */
  static final Duration GRACE = Duration.ofHours(1);

  /** How many of an asset's newest points are looked at. */
  private static final int POINTS = 100;

  private final Transaction journal;
  private final Plans plans;

  MissingCopies(Transaction journal, Plans plans) {
    this.journal = journal;
    this.plans = plans;
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    return plans.assets().stream().flatMap(asset -> trouble(asset, now).stream()).toList();
  }

  /**
   * A point, newest first.
   *
   * @param settled its copies should all be made by now
   * @param there stores that hold a copy which may be read
   * @param gone stores that held one
   */
  private record Held(String point, boolean settled, List<String> there, List<String> gone) {}

  private Optional<Trouble> trouble(Asset asset, Instant now) {
    List<Held> points = journal.in(() -> points(asset, now));
    List<String> lacking = new ArrayList<>();
    boolean bare = false;
    Held newest = points.stream().filter(Held::settled).findFirst().orElse(null);
    for (Held point : points) {
      List<String> stores = lacks(asset, point, point == newest);
      if (!stores.isEmpty()) {
        lacking.add("%s in %s".formatted(point.point(), String.join(", ", stores)));
        bare |= point.there().isEmpty();
      }
    }
    return lacking.isEmpty() ? Optional.empty() : Optional.of(told(asset, lacking, bare));
  }

  private static List<String> lacks(Asset asset, Held point, boolean newest) {
    return asset.stores().stream()
        .filter(store -> !point.there().contains(store))
        .filter(store -> newest || point.gone().contains(store))
        .toList();
  }

  /**
   * Those whose copies should be made, and those of which one is damaged, however young. A state
   * that nobody has thought of yet counts as a copy that is there.
   */
  private List<Held> points(Asset asset, Instant now) {
    return journal
        .sql(
            """
            SELECT p.id, p.settled,
              coalesce(array_agg(c.store) FILTER (WHERE NOT c.gone), '{}') AS there,
              coalesce(array_agg(c.store) FILTER (WHERE c.gone AND (p.settled OR c.was)), '{}')
                AS gone
            FROM (SELECT id, finished_at < :old AS settled FROM points
              WHERE system = :system AND asset = :asset
                AND state IN ('GOOD', 'PROVEN', 'SUSPECT', 'MISSING', 'CORRUPT')
              ORDER BY id DESC LIMIT :limit) p
            LEFT JOIN (SELECT point, store, state IN ('MISSING', 'CORRUPT', 'DELETED') AS gone,
                state = 'CORRUPT' OR state = 'MISSING' AND seen_at IS NOT NULL AS was
              FROM copies) c ON c.point = p.id
            GROUP BY p.id, p.settled ORDER BY p.id DESC""")
        .param("system", asset.id().system())
        .param("asset", asset.id().asset())
        .param("old", Column.of(now.minus(GRACE)))
        .param("limit", POINTS)
        .query(
            (row, number) ->
                new Held(
                    row.getString("id"),
                    row.getBoolean("settled"),
                    Column.texts(row, "there"),
                    Column.texts(row, "gone")))
        .list();
  }

  private Trouble told(Asset asset, List<String> lacking, boolean bare) {
    return new Trouble(
        asset.id().toString(),
        bare ? Severity.CRITICAL : Severity.MEDIUM,
        OwnAlarms.subject(plans, asset.id()),
        "Copies of %s are missing or damaged".formatted(asset.id()),
        "%d of its points lack a sound copy%s; the newest is %s."
            .formatted(lacking.size(), bare ? ", and one has none left" : "", lacking.get(0)));
  }
}
