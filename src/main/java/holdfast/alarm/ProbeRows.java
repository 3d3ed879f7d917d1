package holdfast.alarm;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.ProbeSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The probes' rows in the journal. */
final class ProbeRows {

  /** How long after its timeout a look must be over, written to the journal included. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Transaction journal;

  ProbeRows(Transaction journal) {
    this.journal = journal;
  }

  /** All rows, by {@link ProbeSpec#id()}; also of probes that the plan no longer has. */
  Map<String, ProbeRow> all() {
    return byId(journal.sql("SELECT * FROM probe_results").query(ProbeRows::row).list());
  }

  /** The rows of one system, locked to the end of the transaction. */
  Map<String, ProbeRow> lock(String system) {
    return byId(
        journal
            .sql("SELECT * FROM probe_results WHERE system = :system ORDER BY probe FOR UPDATE")
            .param("system", system)
            .query(ProbeRows::row)
            .list());
  }

  /** Makes the row of a probe that is seen for the first time; it is due at once. */
  void plant(ProbeSpec probe, Instant now) {
    about(
            probe,
            """
            INSERT INTO probe_results (system, probe, due_at) VALUES (:system, :probe, :now)
            ON CONFLICT DO NOTHING""")
        .param("now", Column.of(now))
        .update();
  }

  /**
   * Takes a look that is due, for this node alone: its claim, or empty where another node was
   * first. A due time that no pace explains is the leftover of a clock that was set back.
   */
  Optional<Long> claim(ProbeSpec probe, Instant now, Instant next) {
    return about(
            probe,
            """
            UPDATE probe_results SET claim = claim + 1, due_at = :next,
              claimed_until = now() + make_interval(secs => :seconds)
            WHERE system = :system AND probe = :probe AND (due_at <= :now OR due_at > :far)
              AND (claimed_until IS NULL OR claimed_until <= now())
            RETURNING claim""")
        .param("next", Column.of(next))
        .param("seconds", probe.timeout().plus(GRACE).toSeconds())
        .param("now", Column.of(now))
        .param("far", Column.of(now.plus(probe.every().multipliedBy(2))))
        .query(Long.class)
        .optional();
  }

  /** Stores what a look made of a probe, and gives the claim back. */
  void store(ProbeSpec probe, Standing standing) {
    Standing.Episode episode = standing.episode();
    Standing.Episode blind = standing.blind();
    about(
            probe,
            """
            UPDATE probe_results SET state = :state, since = :since, reason = :reason,
              looked_at = :looked, failures = :failures, successes = :successes, blanks = :blanks,
              told = CASE WHEN episode = :episode THEN told ELSE 0 END, episode = :episode,
              began_at = :began, began_reason = :why, ended_at = :ended,
              blind_told = CASE WHEN blind = :blind THEN blind_told ELSE 0 END, blind = :blind,
              blind_from = :blindFrom, blind_reason = :blindWhy, blind_until = :blindUntil,
              claimed_until = NULL
            WHERE system = :system AND probe = :probe""")
        .param("state", standing.state().name())
        .param("since", Column.of(standing.since()))
        .param("reason", standing.reason())
        .param("looked", Column.of(standing.lookedAt()))
        .param("failures", standing.row().failures())
        .param("successes", standing.row().successes())
        .param("blanks", standing.row().blanks())
        .param("episode", episode.number())
        .param("began", Column.of(episode.beganAt()))
        .param("why", episode.reason())
        .param("ended", Column.of(episode.endedAt()))
        .param("blind", blind.number())
        .param("blindFrom", Column.of(blind.beganAt()))
        .param("blindWhy", blind.reason())
        .param("blindUntil", Column.of(blind.endedAt()))
        .update();
  }

  /** Notes how much of an alarm was told, about what is looked at or about the probe itself. */
  void told(String system, String probe, boolean blind, long episode, int told) {
    journal
        .sql(
            blind
                ? """
                  UPDATE probe_results SET blind_told = greatest(blind_told, :told)
                  WHERE system = :system AND probe = :probe AND blind = :episode"""
                : """
                  UPDATE probe_results SET told = greatest(told, :told)
                  WHERE system = :system AND probe = :probe AND episode = :episode""")
        .param("told", told)
        .param("system", system)
        .param("probe", probe)
        .param("episode", episode)
        .update();
  }

  private StatementSpec about(ProbeSpec probe, String text) {
    return journal.sql(text).param("system", probe.system()).param("probe", probe.name());
  }

  private static Map<String, ProbeRow> byId(List<ProbeRow> rows) {
    return rows.stream().collect(Collectors.toMap(ProbeRow::id, Function.identity()));
  }

  private static ProbeRow row(ResultSet row, int number) throws SQLException {
    Standing.Episode episode =
        new Standing.Episode(
            row.getLong("episode"),
            Column.moment(row, "began_at"),
            row.getString("began_reason"),
            Column.moment(row, "ended_at"));
    Standing.Episode blind =
        new Standing.Episode(
            row.getLong("blind"),
            Column.moment(row, "blind_from"),
            row.getString("blind_reason"),
            Column.moment(row, "blind_until"));
    Standing standing =
        new Standing(
            ProbeState.valueOf(row.getString("state")),
            Column.moment(row, "since"),
            row.getString("reason"),
            Column.moment(row, "looked_at"),
            new Standing.Row(row.getInt("failures"), row.getInt("successes"), row.getInt("blanks")),
            episode,
            blind);
    return new ProbeRow(
        row.getString("system"),
        row.getString("probe"),
        standing,
        row.getInt("told"),
        row.getInt("blind_told"),
        java.util.Objects.requireNonNull(Column.moment(row, "due_at")),
        row.getLong("claim"));
  }
}
