package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** The table of incidents; each call within a transaction where it locks or writes. */
final class IncidentRows {

  private static final RowMapper<Incident> INCIDENT =
      (row, number) ->
          new Incident(
              row.getString("id"),
              row.getString("system"),
              row.getString("scope"),
              row.getString("region"),
              row.getString("spared"),
              Situation.valueOf(row.getString("situation")),
              Severity.valueOf(row.getString("severity")),
              row.getString("title"),
              row.getString("text"),
              Incident.State.valueOf(row.getString("state")),
              row.getString("opened_by"),
              Column.moment(row, "began_at"),
              Column.moment(row, "opened_at"),
              Column.moment(row, "clock_from"),
              Column.moment(row, "last_alarm_at"),
              row.getInt("level"),
              Column.moment(row, "told_at"),
              Column.moment(row, "acknowledged_at"),
              row.getString("acknowledged_by"),
              row.getString("acknowledged_via"),
              Column.moment(row, "resolved_at"),
              row.getString("resolved_by"),
              row.getString("resolution"),
              Column.moment(row, "estimate"),
              row.getInt("reopened"),
              row.getLong("events"),
              Column.texts(row, "alarms"),
              Column.texts(row, "systems"));

  private final Transaction journal;

  IncidentRows(Transaction journal) {
    this.journal = journal;
  }

  Optional<Incident> find(String id) {
    return journal
        .sql("SELECT * FROM incidents WHERE id = :id")
        .param("id", id)
        .query(INCIDENT)
        .optional();
  }

  /** The row, locked to the end of the transaction. */
  Optional<Incident> lock(String id) {
    return journal
        .sql("SELECT * FROM incidents WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(INCIDENT)
        .optional();
  }

  /**
   * Those of the ids, and of what is not over those of the scopes and the failures of the regions;
   * locked, always in one order.
   */
  List<Incident> lock(
      Collection<String> ids, Collection<String> scopes, Collection<String> regions) {
    return journal
        .sql(
            """
            SELECT * FROM incidents
            WHERE id = ANY (:ids) OR (state <> 'RESOLVED' AND (scope = ANY (:scopes)
              OR (situation = 'REGION' AND region = ANY (:regions))))
            ORDER BY id FOR UPDATE""")
        .param("ids", ids.toArray(String[]::new))
        .param("scopes", scopes.toArray(String[]::new))
        .param("regions", regions.toArray(String[]::new))
        .query(INCIDENT)
        .list();
  }

  /** The incident whose timer is due longest and that nobody else has locked. */
  Optional<Incident> claimDue(Instant now, Collection<String> except) {
    return journal
        .sql(
            """
            SELECT i.* FROM incidents i JOIN incident_timers t ON t.incident = i.id
            WHERE t.due_at <= :now AND i.id <> ALL (:except) ORDER BY t.due_at, i.id LIMIT 1 FOR UPDATE OF i SKIP LOCKED""")
        .param("now", Column.of(now))
        .param("except", except.toArray(String[]::new))
        .query(INCIDENT)
        .optional();
  }

  void insert(Incident incident) {
    journal
        .sql(
            """
            INSERT INTO incidents (id, system, scope, region, spared, situation, severity, title,
              text, state, opened_by, began_at, opened_at, clock_from, last_alarm_at, events,
              alarms)
            VALUES (:id, :system, :scope, :region, :spared, :situation, :severity, :title,
              :text, :state, :openedBy, :beganAt, :openedAt, :clockFrom, :lastAlarmAt, :events,
              :alarms)""")
        .param("id", incident.id())
        .param("system", incident.system())
        .param("scope", incident.scope())
        .param("region", incident.region())
        .param("spared", incident.spared())
        .param("situation", incident.situation().name())
        .param("severity", incident.severity().name())
        .param("title", incident.title())
        .param("text", incident.text())
        .param("state", incident.state().name())
        .param("openedBy", incident.openedBy())
        .param("beganAt", Column.of(incident.beganAt()))
        .param("openedAt", Column.of(incident.openedAt()))
        .param("clockFrom", Column.of(incident.clockFrom()))
        .param("lastAlarmAt", Column.of(incident.lastAlarmAt()))
        .param("events", incident.events())
        .param("alarms", incident.alarms().toArray(String[]::new))
        .update();
  }

  /** Notes further events, and how bad it is now; the row as it is then. */
  Incident gathered(
      String id, long events, Severity severity, @Nullable Instant alarmAt, Instant beganAt) {
    return journal
        .sql(
            """
            UPDATE incidents SET events = events + :events, severity = :severity,
              last_alarm_at = greatest(last_alarm_at, coalesce(:alarmAt, last_alarm_at)),
              began_at = least(began_at, :beganAt)
            WHERE id = :id RETURNING *""")
        .param("id", id)
        .param("events", events)
        .param("severity", severity.name())
        .param("alarmAt", Column.of(alarmAt), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("beganAt", Column.of(beganAt))
        .query(INCIDENT)
        .single();
  }

  /** Notes further names of its alarms, and further systems that it drew in. */
  Incident widened(String id, Collection<String> alarms, Collection<String> systems) {
    return journal
        .sql(
            """
            UPDATE incidents SET alarms = alarms || :alarms, systems = systems || :systems
            WHERE id = :id RETURNING *""")
        .param("id", id)
        .param("alarms", alarms.toArray(String[]::new))
        .param("systems", systems.toArray(String[]::new))
        .query(INCIDENT)
        .single();
  }

  Incident named(String id, String title, String text) {
    return journal
        .sql("UPDATE incidents SET title = :title, text = :text WHERE id = :id RETURNING *")
        .param("id", id)
        .param("title", title)
        .param("text", text)
        .query(INCIDENT)
        .single();
  }

  void told(String id, int level, Instant at) {
    journal
        .sql("UPDATE incidents SET level = greatest(level, :level), told_at = :at WHERE id = :id")
        .param("id", id)
        .param("level", level)
        .param("at", Column.of(at))
        .update();
  }

  void acknowledged(String id, String actor, String via, Instant at) {
    journal
        .sql(
            """
            UPDATE incidents SET state = 'ACKNOWLEDGED', acknowledged_at = :at,
              acknowledged_by = :actor, acknowledged_via = :via WHERE id = :id""")
        .param("id", id)
        .param("at", Column.of(at))
        .param("actor", actor)
        .param("via", via)
        .update();
  }

  void resolved(String id, String actor, String resolution, Instant at) {
    journal
        .sql(
            """
            UPDATE incidents SET state = 'RESOLVED', resolved_at = :at, resolved_by = :actor,
              resolution = :resolution, estimate = NULL WHERE id = :id""")
        .param("id", id)
        .param("at", Column.of(at))
        .param("actor", actor)
        .param("resolution", resolution)
        .update();
  }

  /** Opens it again: the clock starts anew, and nobody has acknowledged. */
  Incident reopened(String id, Instant at) {
    return journal
        .sql(
            """
            UPDATE incidents SET state = 'OPEN', clock_from = :at, last_alarm_at = :at, level = 0,
              told_at = NULL, acknowledged_at = NULL, acknowledged_by = NULL,
              acknowledged_via = NULL, resolved_at = NULL, resolved_by = NULL, resolution = NULL,
              estimate = NULL, reopened = reopened + 1 WHERE id = :id RETURNING *""")
        .param("id", id)
        .param("at", Column.of(at))
        .query(INCIDENT)
        .single();
  }

  /** What was acknowledged is not what it is now: the clock starts anew. */
  Incident unacknowledged(String id, Instant at) {
    return journal
        .sql(
            """
            UPDATE incidents SET state = 'OPEN', clock_from = :at, level = 0, told_at = NULL,
              acknowledged_at = NULL, acknowledged_by = NULL, acknowledged_via = NULL
            WHERE id = :id RETURNING *""")
        .param("id", id)
        .param("at", Column.of(at))
        .query(INCIDENT)
        .single();
  }

  void estimated(String id, @Nullable Instant estimate) {
    journal
        .sql("UPDATE incidents SET estimate = :estimate WHERE id = :id")
        .param("id", id)
        .param("estimate", Column.of(estimate), Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }

  /** Not over, the open ones first, then newest first. */
  List<Incident> active() {
    return journal
        .sql(
            """
            SELECT * FROM incidents WHERE state <> 'RESOLVED'
            ORDER BY state = 'OPEN' DESC, opened_at DESC, id DESC""")
        .query(INCIDENT)
        .list();
  }

  List<Incident> recent(int limit) {
    return journal
        .sql(
            """
            SELECT * FROM incidents
            ORDER BY state = 'OPEN' DESC, state = 'ACKNOWLEDGED' DESC, opened_at DESC, id DESC
            LIMIT :limit""")
        .param("limit", limit)
        .query(INCIDENT)
        .list();
  }
}
