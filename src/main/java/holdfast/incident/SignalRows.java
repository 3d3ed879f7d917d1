package holdfast.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import holdfast.alarm.Alarm;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;

/** What sources last said; a batch costs one statement of each kind, whatever its size. */
final class SignalRows {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private static final RowMapper<Signal> SIGNAL =
      (row, number) ->
          new Signal(
              row.getString("incident"),
              row.getString("fingerprint"),
              Alarm.State.valueOf(row.getString("state")),
              Column.moment(row, "at"),
              row.getLong("sequence"),
              Severity.valueOf(row.getString("severity")),
              row.getString("title"),
              row.getString("sender"),
              row.getString("kind"),
              row.getString("name"),
              row.getString("component"),
              row.getString("asset"),
              row.getString("resource"),
              row.getString("link"),
              Column.moment(row, "first_at"),
              row.getLong("events"),
              row.getLong("flaps"),
              row.getString("receipt"),
              row.getBoolean("by_hand"));

  private final Transaction journal;

  SignalRows(Transaction journal) {
    this.journal = journal;
  }

  /** The incidents that these troubles last belonged to. */
  List<String> incidents(Collection<String> fingerprints) {
    return journal
        .sql(
            """
            SELECT DISTINCT ON (fingerprint) incident FROM signals
            WHERE fingerprint IN (:fingerprints) AND incident <> ''
            ORDER BY fingerprint, at DESC, sequence DESC""")
        .param("fingerprints", fingerprints)
        .query(String.class)
        .list();
  }

  private record Part(String receipt, int part) {

    static Part of(Alarm alarm) {
      return new Part(alarm.receipt(), alarm.part());
    }
  }

  /** Those that were never taken before; from now on they were. */
  List<Alarm> fresh(List<Alarm> alarms, Instant now) {
    Set<Part> parts = alarms.stream().map(Part::of).collect(Collectors.toSet());
    Set<Part> fresh =
        new HashSet<>(
            journal
                .sql(
                    """
                    INSERT INTO alarms_taken (receipt, part, taken_at)
                    SELECT receipt, part, :now
                    FROM jsonb_to_recordset(CAST(:parts AS jsonb)) AS p (receipt text, part integer)
                    ON CONFLICT DO NOTHING RETURNING receipt, part""")
                .param("parts", json(parts))
                .param("now", Column.of(now))
                .query((row, number) -> new Part(row.getString("receipt"), row.getInt("part")))
                .list());
    return alarms.stream().filter(alarm -> fresh.remove(Part.of(alarm))).toList();
  }

  /** Forgets which parts were taken longer ago than any sender repeats them. */
  void forget(Instant now, Duration age) {
    journal
        .sql("DELETE FROM alarms_taken WHERE taken_at < :before")
        .param("before", Column.of(now.minus(age)))
        .update();
  }

  /** The newest signal of each fingerprint. */
  Map<String, Signal> current(Collection<String> fingerprints) {
    return journal
        .sql(
            """
            SELECT DISTINCT ON (fingerprint) * FROM signals
            WHERE fingerprint = ANY (:fingerprints)
            ORDER BY fingerprint, at DESC, sequence DESC, incident DESC""")
        .param("fingerprints", fingerprints.toArray(String[]::new))
        .query(SIGNAL)
        .list()
        .stream()
        .collect(Collectors.toMap(Signal::fingerprint, Function.identity()));
  }

  /** Writes each as it now is. */
  void write(Collection<Signal> signals) {
    if (signals.isEmpty()) {
      return;
    }
    journal
        .sql(
            """
            INSERT INTO signals (incident, fingerprint, state, at, sequence, severity, title, sender,
              kind, name, component, asset, resource, link, first_at, events, flaps,
              receipt, by_hand)
            SELECT incident, fingerprint, state, at, sequence, severity, title, sender,
              kind, name, component, asset, resource, link, "firstAt", events, flaps, receipt, "byHand"
            FROM jsonb_to_recordset(CAST(:signals AS jsonb)) AS s (incident text, fingerprint text,
              state text, at timestamptz, sequence bigint, severity text, title text, sender text,
              kind text, name text, component text, asset text, resource text, link text,
              "firstAt" timestamptz, events bigint, flaps bigint, receipt text, "byHand" boolean)
            ON CONFLICT (incident, fingerprint) DO UPDATE SET state = excluded.state,
              at = excluded.at, sequence = excluded.sequence, severity = excluded.severity,
              title = excluded.title, first_at = excluded.first_at, events = excluded.events,
              flaps = excluded.flaps, receipt = excluded.receipt,
              by_hand = excluded.by_hand""")
        .param("signals", json(signals))
        .update();
  }

  /** Those of the incidents that have a signal that fires. */
  Set<String> firing(Collection<String> incidents) {
    return new HashSet<>(
        journal
            .sql(
                """
                SELECT DISTINCT incident FROM signals
                WHERE incident = ANY (:incidents) AND state = 'FIRING'""")
            .param("incidents", incidents.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  /** Holds everything of an incident for clear; its source has not said so. */
  void clear(String incident, Instant at) {
    journal
        .sql(
            """
            UPDATE signals SET state = 'CLEARED', at = greatest(at, :at), sequence = 0,
              by_hand = true
            WHERE incident = :incident AND state = 'FIRING'""")
        .param("incident", incident)
        .param("at", Column.of(at))
        .update();
  }

  /** The oldest first. */
  List<Signal> of(String incident) {
    return journal
        .sql("SELECT * FROM signals WHERE incident = :incident ORDER BY first_at, fingerprint")
        .param("incident", incident)
        .query(SIGNAL)
        .list();
  }

  private static String json(Object rows) {
    try {
      return JSON.writeValueAsString(rows);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
