package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of notices for customers, which keeps what is decided; each call in a transaction. */
final class CustomerNoticeRows {

  private final Transaction journal;

  CustomerNoticeRows(Transaction journal) {
    this.journal = journal;
  }

  void insert(String id, String incident, CustomerNotice.Text text, String actor, Instant now) {
    journal
        .sql(
            """
            INSERT INTO customer_notices
              (id, incident, title, body, channels, written_by, written_at)
            VALUES (:id, :incident, :title, :body, :channels, :actor, :at)""")
        .param("id", id)
        .param("incident", incident)
        .params(parameters(text, actor, now))
        .update();
  }

  void update(String id, CustomerNotice.Text text, String actor, Instant now) {
    journal
        .sql(
            """
            UPDATE customer_notices SET title = :title, body = :body, channels = :channels,
              version = version + 1, written_by = :actor, written_at = :at
            WHERE id = :id""")
        .param("id", id)
        .params(parameters(text, actor, now))
        .update();
  }

  void decide(String id, CustomerNotice.State state, String actor, Instant now) {
    journal
        .sql(
            """
            UPDATE customer_notices SET state = :state, decided_by = :actor, decided_at = :at
            WHERE id = :id""")
        .param("id", id)
        .param("state", state.name())
        .param("actor", actor)
        .param("at", Column.of(now))
        .update();
  }

  /** Locked to the end of the transaction. */
  Optional<CustomerNotice> lock(String id) {
    return journal
        .sql("SELECT * FROM customer_notices WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query((row, number) -> notice(row))
        .optional();
  }

  Optional<CustomerNotice> find(String id) {
    return journal
        .sql("SELECT * FROM customer_notices WHERE id = :id")
        .param("id", id)
        .query((row, number) -> notice(row))
        .optional();
  }

  /** In the order of their ids, which is that of their first drafts. */
  List<CustomerNotice> of(String incident) {
    return journal
        .sql("SELECT * FROM customer_notices WHERE incident = :incident ORDER BY id")
        .param("incident", incident)
        .query((row, number) -> notice(row))
        .list();
  }

  private static Map<String, Object> parameters(
      CustomerNotice.Text text, String actor, Instant now) {
    return Map.of(
        "title", text.title(),
        "body", text.body(),
        "channels", text.channels().toArray(String[]::new),
        "actor", actor,
        "at", Column.of(now));
  }

  private static CustomerNotice notice(ResultSet row) throws SQLException {
    Array channels = row.getArray("channels");
    return new CustomerNotice(
        row.getString("id"),
        row.getString("incident"),
        row.getString("title"),
        row.getString("body"),
        List.of((String[]) channels.getArray()),
        row.getInt("version"),
        row.getString("written_by"),
        Column.moment(row, "written_at"),
        CustomerNotice.State.valueOf(row.getString("state")),
        row.getString("decided_by"),
        Column.moment(row, "decided_at"));
  }
}
