package holdfast.retention;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Holds as rows. */
final class HoldRows {

  private final Transaction journal;

  HoldRows(Transaction journal) {
    this.journal = journal;
  }

  /** False when it is there already, released or not; then it is left as it is. */
  boolean add(Hold hold) {
    return journal
            .sql(
                """
            INSERT INTO holds (id, point, reason, actor, since)
            VALUES (:id, :point, :reason, :actor, :since) ON CONFLICT (id) DO NOTHING""")
            .param("id", hold.id())
            .param("point", hold.point())
            .param("reason", hold.reason())
            .param("actor", hold.actor())
            .param("since", Column.of(hold.since()))
            .update()
        == 1;
  }

  void release(Hold hold, String reason, String actor, Instant now) {
    journal
        .sql(
            """
            UPDATE holds
            SET released_at = :now, released_by = :actor, release = :reason, noted = false
            WHERE id = :id AND released_at IS NULL""")
        .param("now", Column.of(now))
        .param("actor", actor)
        .param("reason", reason)
        .param("id", hold.id())
        .update();
  }

  /** Those that stand on a point, the oldest first. */
  List<Hold> of(String point) {
    return journal
        .sql("SELECT * FROM holds WHERE point = :point AND released_at IS NULL ORDER BY id")
        .param("point", point)
        .query(HoldRows::hold)
        .list();
  }

  /** Those that stand on points of an asset. */
  List<Hold> of(AssetId asset) {
    return journal
        .sql(
            """
            SELECT holds.* FROM holds JOIN points ON points.id = holds.point
            WHERE system = :system AND asset = :asset AND released_at IS NULL ORDER BY holds.id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(HoldRows::hold)
        .list();
  }

  /** Those of which a document may be missing beside a copy. */
  List<Hold> unnoted(AssetId asset) {
    return journal
        .sql(
            """
            SELECT holds.* FROM holds JOIN points ON points.id = holds.point
            WHERE system = :system AND asset = :asset AND NOT noted ORDER BY holds.id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(HoldRows::hold)
        .list();
  }

  /** Notes that the documents are there; not if it was released meanwhile, which is one more. */
  void noted(Hold hold) {
    journal
        .sql(
            """
            UPDATE holds SET noted = true WHERE id = :id AND (released_at IS NULL) = :stands""")
        .param("id", hold.id())
        .param("stands", hold.release() == null)
        .update();
  }

  /** All that stand, the oldest first. */
  List<Hold> all() {
    return journal
        .sql("SELECT * FROM holds WHERE released_at IS NULL ORDER BY id")
        .query(HoldRows::hold)
        .list();
  }

  private static Hold hold(ResultSet row, int number) throws SQLException {
    return new Hold(
        row.getString("id"),
        row.getString("point"),
        row.getString("reason"),
        row.getString("actor"),
        Column.moment(row, "since"),
        row.getString("released_by") == null
            ? null
            : new Hold.Release(
                Column.moment(row, "released_at"),
                row.getString("released_by"),
                row.getString("release")));
  }
}
