package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of tests; each call within a transaction. */
final class AlarmTestRows {

  private final Transaction journal;

  AlarmTestRows(Transaction journal) {
    this.journal = journal;
  }

  /** Writes a new test; false when there is one for that daily time already. */
  boolean begin(AlarmTestRun test, List<String> channels) {
    return journal
            .sql(
                """
                INSERT INTO alarm_tests (id, due_at, asked_by, started_at, deadline, channels)
                VALUES (:id, :due, :askedBy, :startedAt, :deadline, :channels)
                ON CONFLICT (due_at) DO NOTHING""")
            .param("id", test.id())
            .param("due", Column.of(test.dueAt()), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("askedBy", test.askedBy())
            .param("startedAt", Column.of(test.startedAt()))
            .param("deadline", Column.of(test.deadline()))
            .param("channels", channels.toArray(String[]::new))
            .update()
        == 1;
  }

  boolean exists(Instant due) {
    return journal
        .sql("SELECT EXISTS (SELECT 1 FROM alarm_tests WHERE due_at = :due)")
        .param("due", Column.of(due))
        .query(Boolean.class)
        .single();
  }

  /**
   * Notes that its event was read; its channels, or empty when it is unknown or was read before.
   */
  Optional<List<String>> taken(String id, Instant at) {
    return journal
        .sql(
            """
            UPDATE alarm_tests SET taken_at = :at WHERE id = :id AND taken_at IS NULL
            RETURNING channels""")
        .param("id", id)
        .param("at", Column.of(at))
        .query((row, number) -> texts(row.getArray("channels")))
        .optional();
  }

  /** Ends it; false when it had ended. */
  boolean end(String id, AlarmTestRun.State outcome, Instant at) {
    return journal
            .sql(
                """
                UPDATE alarm_tests SET outcome = :outcome, ended_at = :at
                WHERE id = :id AND ended_at IS NULL""")
            .param("id", id)
            .param("outcome", outcome.name())
            .param("at", Column.of(at))
            .update()
        == 1;
  }

  Optional<AlarmTestRun> find(String id) {
    return journal
        .sql("SELECT * FROM alarm_tests WHERE id = :id")
        .param("id", id)
        .query((row, number) -> test(row))
        .optional();
  }

  /** Newest first. */
  List<AlarmTestRun> newest(int limit) {
    return journal
        .sql("SELECT * FROM alarm_tests ORDER BY started_at DESC, id DESC LIMIT :limit")
        .param("limit", limit)
        .query((row, number) -> test(row))
        .list();
  }

  /** Those that have not ended, oldest first. */
  List<AlarmTestRun> open() {
    return journal
        .sql("SELECT * FROM alarm_tests WHERE ended_at IS NULL ORDER BY started_at, id")
        .query((row, number) -> test(row))
        .list();
  }

  private AlarmTestRun test(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    String id = row.getString("id");
    return new AlarmTestRun(
        id,
        Column.moment(row, "due_at"),
        row.getString("asked_by"),
        Column.moment(row, "started_at"),
        Column.moment(row, "deadline"),
        Column.moment(row, "taken_at"),
        Column.moment(row, "ended_at"),
        outcome == null ? AlarmTestRun.State.OPEN : AlarmTestRun.State.valueOf(outcome),
        answers(id));
  }

  private List<AlarmTestRun.Answer> answers(String id) {
    return journal
        .sql(
            """
            SELECT c.channel, coalesce(o.attempts, 0) AS attempts, o.delivered_at, o.receipt,
              o.failure
            FROM alarm_tests t CROSS JOIN unnest(t.channels) WITH ORDINALITY AS c (channel, place)
            LEFT JOIN outbox o ON o.incident = t.id AND o.channel = c.channel
            WHERE t.id = :id ORDER BY c.place""")
        .param("id", id)
        .query(
            (row, number) ->
                new AlarmTestRun.Answer(
                    row.getString("channel"),
                    row.getInt("attempts"),
                    Column.moment(row, "delivered_at"),
                    row.getString("receipt"),
                    row.getString("failure")))
        .list();
  }

  /** When each trouble of the way of alarms that is not over was last said, by fingerprint. */
  List<Trouble> troubles() {
    return journal
        .sql(
            """
            SELECT s.fingerprint,
              (SELECT max(taken_at) FROM alarm_tests WHERE taken_at > s.at) AS taken,
              (SELECT max(o.delivered_at) FROM outbox o
                WHERE o.channel = substr(s.fingerprint, length(:way) + 2)
                  AND o.state = 'DELIVERED' AND o.delivered_at > s.at
                  AND starts_with(o.incident, 'test-')) AS delivered
            FROM signals s
            WHERE s.state = 'FIRING' AND starts_with(s.fingerprint, :way)
            ORDER BY s.fingerprint""")
        .param("way", OwnAlarms.WAY)
        .query(
            (row, number) ->
                new Trouble(
                    row.getString("fingerprint"),
                    Column.moment(row, "taken"),
                    Column.moment(row, "delivered")))
        .list();
  }

  /**
   * A trouble that is not over.
   *
   * @param taken when the newest test since then was read
   * @param delivered when the channel it is about has confirmed one since then
   */
  record Trouble(String fingerprint, @Nullable Instant taken, @Nullable Instant delivered) {

    /** The channel it is about; absent where it is about the way up to the channels. */
    @Nullable String channel() {
      return fingerprint.equals(OwnAlarms.WAY)
          ? null
          : fingerprint.substring(OwnAlarms.WAY.length() + 1);
    }

    /** When it ended; absent while it has not. */
    @Nullable Instant over() {
      return channel() == null ? taken : delivered;
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
