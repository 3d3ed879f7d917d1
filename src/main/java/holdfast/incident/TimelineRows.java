package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.time.Instant;
import java.util.List;

/** What happened to incidents, appended only. */
final class TimelineRows {

  private static final int TEXT_MAX = 4000;

  private final Transaction journal;

  TimelineRows(Transaction journal) {
    this.journal = journal;
  }

  void add(String incident, Instant at, TimelineEntry.Kind kind, String actor, String text) {
    add(incident, at, kind, actor, text, 0);
  }

  void add(
      String incident, Instant at, TimelineEntry.Kind kind, String actor, String text, int level) {
    journal
        .sql(
            """
            INSERT INTO incident_timeline (incident, at, kind, actor, text, level)
            VALUES (:incident, :at, :kind, :actor, :text, :level)""")
        .param("incident", incident)
        .param("at", Column.of(at))
        .param("kind", kind.name())
        .param("actor", actor)
        .param("text", text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX))
        .param("level", level)
        .update();
  }

  /** Oldest first. */
  List<TimelineEntry> of(String incident) {
    return journal
        .sql("SELECT * FROM incident_timeline WHERE incident = :incident ORDER BY number")
        .param("incident", incident)
        .query(
            (row, number) ->
                new TimelineEntry(
                    row.getLong("number"),
                    row.getString("incident"),
                    Column.moment(row, "at"),
                    TimelineEntry.Kind.valueOf(row.getString("kind")),
                    row.getString("actor"),
                    row.getString("text"),
                    row.getInt("level")))
        .list();
  }
}
