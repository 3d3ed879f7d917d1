package holdfast.custody;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;

/** The table of drills; each call within a transaction. */
final class DrillRows {

  private static final RowMapper<Drill> DRILL =
      (row, number) ->
          new Drill(
              row.getString("drill"),
              Column.moment(row, "at"),
              row.getString("actor"),
              row.getString("fingerprint"),
              new AssetId(row.getString("system"), row.getString("asset")),
              row.getString("point"),
              row.getString("store"),
              Drill.Outcome.valueOf(row.getString("outcome")),
              row.getString("reason"),
              row.getLong("bytes"),
              row.getDouble("seconds"));

  private final Transaction journal;

  DrillRows(Transaction journal) {
    this.journal = journal;
  }

  void insert(Drill drill) {
    journal
        .sql(
            """
            INSERT INTO key_drills (drill, at, actor, fingerprint, system, asset, point, store,
              outcome, reason, bytes, seconds)
            VALUES (:drill, :at, :actor, :fingerprint, :system, :asset, :point,
              CAST(:store AS text), :outcome, :reason, :bytes, :seconds)""")
        .param("drill", drill.drill())
        .param("at", Column.of(drill.at()))
        .param("actor", drill.actor())
        .param("fingerprint", drill.fingerprint())
        .param("system", drill.asset().system())
        .param("asset", drill.asset().asset())
        .param("point", drill.point())
        .param("store", drill.store())
        .param("outcome", drill.outcome().name())
        .param("reason", drill.reason())
        .param("bytes", drill.bytes())
        .param("seconds", drill.seconds())
        .update();
  }

  List<Drill> of(String drill) {
    return journal
        .sql("SELECT * FROM key_drills WHERE drill = :drill ORDER BY number")
        .param("drill", drill)
        .query(DRILL)
        .list();
  }

  /** The newest of an asset, of these outcomes. */
  Optional<Drill> newest(AssetId asset, Drill.Outcome... outcomes) {
    return journal
        .sql(
            """
            SELECT * FROM key_drills WHERE system = :system AND asset = :asset
              AND outcome = ANY (:outcomes) ORDER BY number DESC LIMIT 1""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("outcomes", java.util.Arrays.stream(outcomes).map(Enum::name).toArray(String[]::new))
        .query(DRILL)
        .optional();
  }

  /** Of every asset, the newest drill that came to a result. */
  Map<AssetId, Drill> results() {
    return journal
        .sql(
            """
            SELECT DISTINCT ON (system, asset) * FROM key_drills
            WHERE outcome IN ('PASS', 'FAIL') ORDER BY system, asset, number DESC""")
        .query(DRILL)
        .list()
        .stream()
        .collect(Collectors.toMap(Drill::asset, Function.identity()));
  }

  /** Of every asset with points, when a drill last passed; else when its first point was made. */
  Map<AssetId, Instant> since() {
    Map<AssetId, Instant> since = new HashMap<>();
    journal
        .sql(
            """
            SELECT system, asset, coalesce(
              (SELECT max(at) FROM key_drills d
                WHERE d.system = p.system AND d.asset = p.asset AND outcome = 'PASS'),
              min(finished_at)) AS since
            FROM points p GROUP BY system, asset""")
        .query(
            (row, number) ->
                Map.entry(
                    new AssetId(row.getString("system"), row.getString("asset")),
                    Column.moment(row, "since")))
        .list()
        .forEach(one -> since.put(one.getKey(), one.getValue()));
    return since;
  }
}
