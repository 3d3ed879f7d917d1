package holdfast.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Messages on their way, as they are put in, taken back and read. Claiming is SQL in the routes
 * ({@code sql/claim-outbox.sql}); what becomes of a claimed message is for {@link Outcomes}.
 */
public final class Outbox {

  /**
   * One message for one channel.
   *
   * @param event as JSON, the {@link Event}
   * @param receipt what the channel answered
   * @param handedTo the channel that was told as well, because this one did not take it
   * @param standsInFor the entry of another channel that did not take it
   */
  public record Entry(
      long id,
      String channel,
      String event,
      State state,
      int attempts,
      Instant createdAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant nextAttemptAt,
      @Nullable String receipt,
      @Nullable String error,
      @Nullable String handedTo,
      @Nullable Long standsInFor) {}

  /**
   * WAITING and SENDING entries are retried with backoff; DEAD ones ran out of attempts; DROPPED
   * ones were taken back before anybody heard them.
   */
  public enum State {
    WAITING,
    SENDING,
    DELIVERED,
    DEAD,
    DROPPED
  }

  /**
   * Messages that were given up, of one channel.
   *
   * @param oldest when the first of them was written
   * @param runId the run that the first tells of; empty where it tells of none
   */
  public record Undelivered(
      String channel, long count, Instant oldest, String runId, @Nullable String incident) {}

  private static final RowMapper<Entry> ENTRY =
      (row, number) ->
          new Entry(
              row.getLong("id"),
              row.getString("channel"),
              row.getString("event"),
              State.valueOf(row.getString("state")),
              row.getInt("attempts"),
              Column.moment(row, "created_at"),
              Column.moment(row, "delivered_at"),
              State.WAITING.name().equals(row.getString("state"))
                  ? Column.moment(row, "next_attempt_at")
                  : null,
              row.getString("receipt"),
              row.getString("error"),
              row.getString("handed_to"),
              Column.number(row, "stands_in_for"));

  private static final List<String> CALLS = List.of("OPENED", "ESCALATED", "REPEATED", "REOPENED");

  private final Transaction journal;
  private final InstantSource clock;
  private final UnaryOperator<Event> hearers;
  private volatile Consumer<String> bell = channel -> {};

  /** On a journal of which every event goes where it says. */
  public Outbox(Transaction journal, InstantSource clock) {
    this(journal, clock, UnaryOperator.identity());
  }

  Outbox(Transaction journal, InstantSource clock, UnaryOperator<Event> hearers) {
    this.journal = journal;
    this.clock = clock;
    this.hearers = hearers;
  }

  /**
   * From now on {@code bell} hears the channel of every new row, once it is committed. It runs on
   * the thread that committed, so it must be quick, and it must not throw.
   */
  public void wake(Consumer<String> bell) {
    this.bell = bell;
  }

  void ringAfterCommit(String channel) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            bell.accept(channel);
          }
        });
  }

  /** One row per channel, within the transaction of the transition that {@code told} tells of. */
  void add(Event told) {
    Transaction.required();
    Event event = hearers.apply(told);
    for (String channel : event.channels()) {
      journal
          .sql(
              """
              INSERT INTO outbox (channel, run_id, event, created_at)
              VALUES (:channel, :run, CAST(:event AS jsonb), :at)""")
          .param("channel", channel)
          .param("run", event.runId())
          .param("event", event.json())
          .param("at", Column.of(clock.instant()))
          .update();
      ringAfterCommit(channel);
    }
  }

  /**
   * One row for one channel about an incident, within the transaction of the transition it tells
   * of.
   *
   * @param notice as JSON, what the channel's words are made of
   */
  public void tell(String channel, String incident, String notice) {
    Transaction.required();
    journal
        .sql(
            """
            INSERT INTO outbox (channel, run_id, incident, event, created_at)
            VALUES (:channel, '', :incident, CAST(:event AS jsonb), :at)""")
        .param("channel", channel)
        .param("incident", incident)
        .param("event", notice)
        .param("at", Column.of(clock.instant()))
        .update();
    ringAfterCommit(channel);
  }

  /** Takes back the calls about an incident; as {@link #withdraw(String, List)}. */
  public void withdraw(String incident) {
    withdraw(incident, CALLS);
  }

  /**
   * Takes back what was not delivered about an incident: from the end of the caller's transaction
   * none of it is claimed any more.
   *
   * @param types of the notices, by name; the others go on
   */
  public void withdraw(String incident, List<String> types) {
    Transaction.required();
    int withdrawn = withdrawSeen(incident, types);
    while (withdrawn > 0) { // a stand-in may be written while the first row is waited for
      withdrawn = withdrawSeen(incident, types);
    }
  }

  private int withdrawSeen(String incident, List<String> types) {
    return journal
        .sql(
            """
            UPDATE outbox SET withdrawn = true,
              state = CASE state WHEN 'WAITING' THEN 'DROPPED' ELSE state END
            WHERE incident = :incident AND NOT withdrawn AND state IN ('WAITING', 'SENDING', 'DEAD')
              AND event ->> 'type' = ANY (:types)""")
        .param("incident", incident)
        .param("types", types.toArray(String[]::new))
        .update();
  }

  /** The entries about an incident, oldest first. */
  public List<Entry> ofIncident(String incident) {
    return journal.in(
        () ->
            journal
                .sql("SELECT * FROM outbox WHERE incident = :incident ORDER BY id")
                .param("incident", incident)
                .query(ENTRY)
                .list());
  }

  /** What was written at or after {@code since} and given up, by channel. */
  public List<Undelivered> undelivered(Instant since) {
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT channel, count(*) AS messages, min(created_at) AS oldest,
                           (array_agg(run_id ORDER BY created_at, id))[1] AS run_id,
                           (array_agg(incident ORDER BY created_at, id))[1] AS incident
                    FROM outbox WHERE state = 'DEAD' AND created_at >= :since
                    GROUP BY channel ORDER BY channel""")
                .param("since", Column.of(since))
                .query(
                    (row, number) ->
                        new Undelivered(
                            row.getString("channel"),
                            row.getLong("messages"),
                            Column.moment(row, "oldest"),
                            row.getString("run_id"),
                            row.getString("incident")))
                .list());
  }

  /** Newest first. */
  public List<Entry> recent(int limit) {
    return journal.in(
        () ->
            journal
                .sql("SELECT * FROM outbox ORDER BY id DESC LIMIT :limit")
                .param("limit", limit)
                .query(ENTRY)
                .list());
  }

  /** The messages to people and programs, made since then, that may still leave; oldest first. */
  public List<Entry> unsent(Instant since) {
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT * FROM outbox
                    WHERE state IN ('WAITING', 'SENDING') AND created_at >= :since
                      AND channel <> :proofs ORDER BY id""")
                .param("since", Column.of(since))
                .param("proofs", Event.PROOF_CHANNEL)
                .query(ENTRY)
                .list());
  }

  /** The entries of a run, oldest first. */
  public List<Entry> ofRun(String runId) {
    return journal.in(
        () ->
            journal
                .sql("SELECT * FROM outbox WHERE run_id = :run ORDER BY id")
                .param("run", runId)
                .query(ENTRY)
                .list());
  }
}
