package holdfast.retention;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Questions to people, and their answers, as rows. */
final class ApprovalRows {

  private final Transaction journal;

  ApprovalRows(Transaction journal) {
    this.journal = journal;
  }

  /** Asks; a question that is void by now is asked anew, any other left as it is. */
  void ask(Approval approval) {
    journal
        .sql(
            """
            INSERT INTO removal_approvals
              (id, system, asset, points, asked_at, asked_by, expires_at)
            VALUES (:id, :system, :asset, :points, :at, :by, :expires)
            ON CONFLICT (id) DO UPDATE SET asked_at = :at, asked_by = :by, expires_at = :expires,
              approved_at = NULL, approved_by = NULL
            WHERE removal_approvals.expires_at <= :at""")
        .param("id", approval.id())
        .param("system", approval.asset().system())
        .param("asset", approval.asset().asset())
        .param("points", String.join("\n", approval.points()))
        .param("at", Column.of(approval.askedAt()))
        .param("by", approval.askedBy())
        .param("expires", Column.of(approval.expiresAt()))
        .update();
  }

  /** Every question about an asset that nobody has answered is void, but the one of that id. */
  void drop(AssetId asset, String but, Instant now) {
    journal
        .sql(
            """
            UPDATE removal_approvals SET expires_at = :now
            WHERE system = :system AND asset = :asset AND id <> :but
              AND approved_at IS NULL AND expires_at > :now""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("but", but)
        .param("now", Column.of(now))
        .update();
  }

  void approve(Approval approval, String actor, Instant now) {
    journal
        .sql(
            """
            UPDATE removal_approvals SET approved_at = :now, approved_by = :actor
            WHERE id = :id AND approved_at IS NULL""")
        .param("now", Column.of(now))
        .param("actor", actor)
        .param("id", approval.id())
        .update();
  }

  /** Those whose id begins with {@code start}; the row is locked. */
  List<Approval> find(String start) {
    return journal
        .sql("SELECT * FROM removal_approvals WHERE starts_with(id, :start) FOR UPDATE")
        .param("start", start)
        .query(ApprovalRows::approval)
        .list();
  }

  /** Those of an asset that are not void, the newest first. */
  List<Approval> of(AssetId asset, Instant now) {
    return journal
        .sql(
            """
            SELECT * FROM removal_approvals
            WHERE system = :system AND asset = :asset AND expires_at > :now
            ORDER BY asked_at DESC, id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("now", Column.of(now))
        .query(ApprovalRows::approval)
        .list();
  }

  /** The newest question about an asset that nobody has answered. */
  Optional<Approval> waiting(AssetId asset, Instant now) {
    return of(asset, now).stream().filter(one -> one.approvedAt() == null).findFirst();
  }

  private static Approval approval(ResultSet row, int number) throws SQLException {
    return new Approval(
        row.getString("id"),
        new AssetId(row.getString("system"), row.getString("asset")),
        row.getString("points").lines().toList(),
        Column.moment(row, "asked_at"),
        row.getString("asked_by"),
        Column.moment(row, "expires_at"),
        Column.moment(row, "approved_at"),
        row.getString("approved_by"));
  }
}
