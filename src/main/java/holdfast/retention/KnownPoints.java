package holdfast.retention;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the journal knows of an asset's points, as far as keeping them is concerned. */
final class KnownPoints {

  private final Transaction journal;
  private final HoldRows holds;

  KnownPoints(Transaction journal) {
    this.journal = journal;
    this.holds = new HoldRows(journal);
  }

  /** Nobody changes the asset's points until the caller's transaction ends. */
  void lock(AssetId asset) {
    journal
        .sql(
            """
            SELECT id FROM points WHERE system = :system AND asset = :asset AND state <> 'DELETED'
            ORDER BY id FOR UPDATE""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query()
        .listOfRows();
  }

  private record Row(Known point, boolean ours) {}

  /**
   * All points that are not gone.
   *
   * @param locks until when which store refuses to remove which point
   * @param half the one point of which to suppose that it is whole, although its objects may be
   *     gone already; any other such point counts for nothing
   * @throws holdfast.journal.RunException CORRUPT when a manifest cannot be read: what its point
   *     needs is then unknown
   */
  List<Known> points(
      AssetId asset, Map<String, Map<String, Instant>> locks, String half, Instant now) {
    Map<String, List<Hold>> held = holds.of(asset).stream().collect(groupingBy(Hold::point));
    Map<String, List<String>> readers = readers(asset);
    List<Row> rows =
        journal
            .sql(
                """
                SELECT points.*, expiries.before, expiries.removing_at,
                  EXISTS (SELECT 1 FROM copies WHERE point = points.id
                    AND copies.state NOT IN ('CORRUPT', 'MISSING', 'DELETED')) AS there
                FROM points LEFT JOIN expiries ON expiries.point = points.id AND ended_at IS NULL
                WHERE system = :system AND asset = :asset AND state <> 'DELETED'
                ORDER BY token, id""")
            .param("system", asset.system())
            .param("asset", asset.asset())
            .query(
                (row, number) ->
                    new Row(
                        known(row, half, held, readers, locks),
                        row.getString("origin").equals("RUN")))
            .list();
    return inOrder(rows, now);
  }

  /**
   * A point that our journal saw made after another is not older than it, whatever the clock said
   * then; what a clock far ahead said is no measure for that.
   */
  private static List<Known> inOrder(List<Row> rows, Instant now) {
    List<Known> points = new ArrayList<>();
    Instant newest = Instant.MIN;
    for (Row row : rows) {
      Known point = row.point();
      boolean measure = row.ours() && !point.at().isAfter(now);
      points.add(measure && point.at().isBefore(newest) ? point.of(newest) : point);
      newest = measure && point.at().isAfter(newest) ? point.at() : newest;
    }
    return points;
  }

  private static Known known(
      ResultSet row,
      String half,
      Map<String, List<Hold>> held,
      Map<String, List<String>> readers,
      Map<String, Map<String, Instant>> locks)
      throws SQLException {
    String id = row.getString("id");
    String before = row.getString("before");
    boolean going = row.getObject("removing_at") != null && !id.equals(half);
    return new Known(
        id,
        Point.State.valueOf(before == null ? row.getString("state") : before),
        row.getString("state").equals(Point.State.EXPIRING.name()),
        Column.moment(row, "at"),
        Column.moment(row, "finished_at"),
        row.getLong("plain_bytes"),
        Manifest.parse(row.getString("manifest").getBytes(StandardCharsets.UTF_8), id).parents(),
        row.getBoolean("there") && !going,
        held.getOrDefault(id, List.of()),
        locks.getOrDefault(id, Map.of()),
        readers.getOrDefault(id, List.of()));
  }

  /** Runs that read a point now, or will when it is their turn. */
  private Map<String, List<String>> readers(AssetId asset) {
    record Reader(String point, String words) {}
    return journal
        .sql(
            """
            SELECT id, kind, point FROM runs
            WHERE system = :system AND asset = :asset AND point IS NOT NULL
              AND state IN ('QUEUED', 'RUNNING') AND kind NOT IN ('BACKUP', 'PRUNE')
            ORDER BY id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(
            (row, number) ->
                new Reader(
                    row.getString("point"),
                    row.getString("kind").toLowerCase(Locale.ROOT) + " " + row.getString("id")))
        .list()
        .stream()
        .collect(groupingBy(Reader::point, mapping(Reader::words, toList())));
  }
}
