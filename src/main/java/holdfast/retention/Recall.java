package holdfast.retention;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.journal.Audit;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import java.util.List;
import java.util.Map;

/**
 * Learns of holds that this journal does not know from the notes beside the points: it may be
 * younger than they are, or have been restored from before them.
 */
final class Recall {

  private final Transaction journal;
  private final Audit audit;
  private final Catalog catalog;
  private final Notes notes;
  private final HoldRows holds;

  Recall(Transaction journal, Audit audit, Catalog catalog, Notes notes) {
    this.journal = journal;
    this.audit = audit;
    this.catalog = catalog;
    this.notes = notes;
    this.holds = new HoldRows(journal);
  }

  /** Reads, once, what lies beside points that came from a store. */
  void adopted(AssetId asset) {
    for (String point : unread(asset)) {
      of(point);
      journal
          .sql("INSERT INTO recalled_points (point) VALUES (:point) ON CONFLICT DO NOTHING")
          .param("point", point)
          .update();
    }
  }

  private List<String> unread(AssetId asset) {
    return journal
        .sql(
            """
            SELECT id FROM points
            WHERE system = :system AND asset = :asset AND state <> 'DELETED'
              AND origin = 'STORE' AND id NOT IN (SELECT point FROM recalled_points)
            ORDER BY id""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(String.class)
        .list();
  }

  /** Reads what lies beside one point; throws when a store cannot be reached. */
  void of(String id) {
    catalog.find(id).ifPresent(this::read);
  }

  private void read(Point point) {
    for (Note note : Notes.standing(notes.read(point), Note.Kind.HOLD, Note.Kind.RELEASE)) {
      Hold hold = new Hold(note.id(), point.id(), note.reason(), note.actor(), note.at(), null);
      journal.run(
          () -> {
            if (holds.add(hold)) {
              audit.append(
                  "holdfast",
                  "hold.recalled",
                  point.id(),
                  Map.of("hold", hold.id(), "reason", hold.reason(), "by", hold.actor()));
            }
          });
    }
  }
}
