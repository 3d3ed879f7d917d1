package holdfast.custody;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is remembered of copies of the audit; each call within a transaction. */
final class AuditCopyRows {

  private final Transaction journal;

  AuditCopyRows(Transaction journal) {
    this.journal = journal;
  }

  void copied(String store, long through, Instant at) {
    journal
        .sql(
            """
            INSERT INTO audit_copies (store, through, at) VALUES (:store, :through, :at)
            ON CONFLICT (store) DO UPDATE SET through = excluded.through, at = excluded.at""")
        .param("store", store)
        .param("through", through)
        .param("at", Column.of(at))
        .update();
  }

  Optional<Instant> copiedAt(String store) {
    return journal
        .sql("SELECT at FROM audit_copies WHERE store = :store")
        .param("store", store)
        .query((row, number) -> Column.moment(row, "at"))
        .optional();
  }

  /** The last entry that was put into a store; 0 where none was. */
  long through(String store) {
    return journal
        .sql("SELECT through FROM audit_copies WHERE store = :store")
        .param("store", store)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** Whether an entry from before {@code moment} is not in the store. */
  boolean isBehind(String store, Instant moment) {
    return journal
        .sql(
            """
            SELECT EXISTS (SELECT 1 FROM audit WHERE at < :moment AND entry > coalesce(
              (SELECT through FROM audit_copies WHERE store = :store), 0))""")
        .param("moment", Column.of(moment))
        .param("store", store)
        .query(Boolean.class)
        .single();
  }

  void compared(AuditVerdict verdict, Instant at) {
    journal
        .sql(
            """
            INSERT INTO audit_comparisons (at, complete, problems)
            VALUES (:at, :complete, :problems)""")
        .param("at", Column.of(at))
        .param("complete", verdict.read())
        .param("problems", verdict.problems().toArray(String[]::new))
        .update();
  }

  /** When all copies were last read and compared. */
  Optional<Instant> comparedAt() {
    return journal
        .sql("SELECT max(at) AS at FROM audit_comparisons WHERE complete")
        .query((row, number) -> Optional.ofNullable(Column.moment(row, "at")))
        .single();
  }

  /**
   * What was found since all copies could last be read, then too: a store that is away now may be
   * the one with the evidence.
   */
  List<String> problems() {
    return journal
        .sql(
            """
            SELECT DISTINCT unnest(problems) AS problem FROM audit_comparisons
            WHERE number >= coalesce(
              (SELECT max(number) FROM audit_comparisons WHERE complete), 0)
            ORDER BY problem""")
        .query(String.class)
        .list();
  }
}
