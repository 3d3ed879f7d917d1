package holdfast.retention;

import holdfast.catalog.Point;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Points on their way out, as rows, and the states that follow from them. */
final class ExpiryRows {

  private final Transaction journal;

  ExpiryRows(Transaction journal) {
    this.journal = journal;
  }

  /** How a point came to the end of its way. */
  enum Outcome {
    REMOVED,
    TAKEN_BACK
  }

  /** Notes that a point is on its way out; it and the copies that follow it become EXPIRING. */
  void begin(Expiry expiry) {
    journal
        .sql(
            """
            INSERT INTO expiries
              (id, point, before, reason, actor, approval, begun_at, remove_after)
            VALUES (:id, :point, :before, :reason, :actor, :approval, :begun, :after)""")
        .param("id", expiry.id())
        .param("point", expiry.point())
        .param("before", expiry.before().name())
        .param("reason", expiry.reason())
        .param("actor", expiry.actor())
        .param("approval", expiry.approval())
        .param("begun", Column.of(expiry.begunAt()))
        .param("after", Column.of(expiry.removeAfter()))
        .update();
    state(expiry.point(), expiry.before(), Point.State.EXPIRING);
  }

  /** Sets the point and those of its copies that follow it. */
  void state(String point, Point.State before, Point.State state) {
    journal
        .sql("UPDATE points SET state = :state WHERE id = :id")
        .param("state", state.name())
        .param("id", point)
        .update();
    journal
        .sql("UPDATE copies SET state = :state WHERE point = :id AND state = :before")
        .param("state", state.name())
        .param("id", point)
        .param("before", before.name())
        .update();
  }

  /** From now on its objects may be gone. */
  void removing(Expiry expiry, Instant now) {
    journal
        .sql("UPDATE expiries SET removing_at = COALESCE(removing_at, :now) WHERE id = :id")
        .param("now", Column.of(now))
        .param("id", expiry.id())
        .update();
  }

  void problem(Expiry expiry, @Nullable String sentence) {
    journal
        .sql("UPDATE expiries SET problem = :problem WHERE id = :id AND ended_at IS NULL")
        .param("problem", sentence)
        .param("id", expiry.id())
        .update();
  }

  /** Notes that nothing is left of a copy. */
  void gone(String point, String store) {
    journal
        .sql("UPDATE copies SET state = 'DELETED' WHERE point = :point AND store = :store")
        .param("point", point)
        .param("store", store)
        .update();
  }

  void end(Expiry expiry, Outcome outcome, String actor, Instant now) {
    journal
        .sql(
            """
            UPDATE expiries
            SET ended_at = :now, ended_by = :actor, outcome = :outcome, noted = :noted
            WHERE id = :id AND ended_at IS NULL""")
        .param("now", Column.of(now))
        .param("actor", actor)
        .param("outcome", outcome.name())
        .param("noted", outcome == Outcome.REMOVED)
        .param("id", expiry.id())
        .update();
  }

  Optional<Expiry> open(String point) {
    return journal
        .sql("SELECT * FROM expiries WHERE point = :point AND ended_at IS NULL")
        .param("point", point)
        .query(ExpiryRows::expiry)
        .optional();
  }

  List<Expiry> open(AssetId asset) {
    return journal
        .sql(
            """
            SELECT expiries.* FROM expiries JOIN points ON points.id = expiries.point
            WHERE system = :system AND asset = :asset AND ended_at IS NULL ORDER BY points.id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(ExpiryRows::expiry)
        .list();
  }

  /** Those of which a document may be missing beside a copy. */
  List<Expiry> unnoted(AssetId asset) {
    return journal
        .sql(
            """
            SELECT expiries.* FROM expiries JOIN points ON points.id = expiries.point
            WHERE system = :system AND asset = :asset AND NOT noted ORDER BY expiries.id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(ExpiryRows::expiry)
        .list();
  }

  /** Notes that the documents are there; not if it came back meanwhile, which is one more. */
  void noted(Expiry expiry) {
    journal
        .sql(
            """
            UPDATE expiries SET noted = true
            WHERE id = :id AND (outcome IS NOT DISTINCT FROM :outcome OR outcome = 'REMOVED')""")
        .param("id", expiry.id())
        .param("outcome", expiry.takenBack() == null ? null : Outcome.TAKEN_BACK.name())
        .update();
  }

  /**
   * Points of the asset that began to go since without anybody's word and have not come back, in
   * order.
   */
  List<String> begunSince(AssetId asset, Instant since) {
    return journal
        .sql(
            """
            SELECT DISTINCT points.id FROM expiries JOIN points ON points.id = expiries.point
            WHERE system = :system AND asset = :asset AND begun_at > :since AND approval IS NULL
              AND outcome IS DISTINCT FROM 'TAKEN_BACK' ORDER BY points.id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("since", Column.of(since))
        .query(String.class)
        .list();
  }

  private static Expiry expiry(ResultSet row, int number) throws SQLException {
    return new Expiry(
        row.getString("id"),
        row.getString("point"),
        Point.State.valueOf(row.getString("before")),
        row.getString("reason"),
        row.getString("actor"),
        row.getString("approval"),
        Column.moment(row, "begun_at"),
        Column.moment(row, "remove_after"),
        Column.moment(row, "removing_at"),
        row.getString("problem"),
        row.getBoolean("noted"),
        Outcome.TAKEN_BACK.name().equals(row.getString("outcome"))
            ? new Expiry.Return(Column.moment(row, "ended_at"), row.getString("ended_by"))
            : null);
  }
}
