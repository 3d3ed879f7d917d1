package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the clock does next; the incident's row is locked before any of its timers is touched. */
final class Timers {

  /** What a timer does. */
  enum Kind {
    /** Calls the next level, or the present one again. */
    ESCALATE,
    /** Reminds of an acknowledged incident. */
    UPDATE,
    /** Resolves an incident whose signals stayed clear. */
    SETTLE
  }

  private final Transaction journal;

  Timers(Transaction journal) {
    this.journal = journal;
  }

  /** Sets a timer anew; none where {@code due} is null. */
  void set(String incident, Kind kind, @Nullable Instant due) {
    if (due == null) {
      clear(incident, kind);
      return;
    }
    journal
        .sql(
            """
            INSERT INTO incident_timers (incident, kind, due_at) VALUES (:incident, :kind, :due)
            ON CONFLICT (incident, kind) DO UPDATE SET due_at = :due""")
        .param("incident", incident)
        .param("kind", kind.name())
        .param("due", Column.of(due))
        .update();
  }

  void clear(String incident, Kind kind) {
    journal
        .sql("DELETE FROM incident_timers WHERE incident = :incident AND kind = :kind")
        .param("incident", incident)
        .param("kind", kind.name())
        .update();
  }

  void clear(String incident) {
    journal
        .sql("DELETE FROM incident_timers WHERE incident = :incident")
        .param("incident", incident)
        .update();
  }

  Map<Kind, Instant> of(String incident) {
    Map<Kind, Instant> timers = new EnumMap<>(Kind.class);
    journal
        .sql("SELECT kind, due_at FROM incident_timers WHERE incident = :incident")
        .param("incident", incident)
        .query(
            row -> {
              timers.put(Kind.valueOf(row.getString("kind")), Column.moment(row, "due_at"));
            });
    return timers;
  }
}
