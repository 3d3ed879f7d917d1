package holdfast.alarm;

import holdfast.alarm.Counts.Outcome;
import holdfast.journal.Column;
import holdfast.journal.Ids;
import holdfast.journal.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events as they were delivered. Accepted means committed: whoever was told so need not send again,
 * and the same delivery once more is only counted.
 */
public final class Inbox {

  private static final Duration KEEP_DONE = Duration.ofDays(30);
  private static final Duration KEEP_QUARANTINED = Duration.ofDays(90);
  private static final int SWEEP_BATCH = 1000;
  private static final int SWEEP_BATCHES_MAX = 1000;
  private static final int REASON_MAX = 500;

  private final Transaction journal;
  private final Ids ids;
  private final Counts counts;
  private final InstantSource clock;

  Inbox(Transaction journal, Ids ids, Counts counts, InstantSource clock) {
    this.journal = journal;
    this.ids = ids;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * Keeps an event, or counts it when this sender has delivered it before.
   *
   * @return the receipt's id, by then committed
   * @throws holdfast.journal.RunException UNREACHABLE when the journal is; the event is then not
   *     accepted
   */
  public String accept(Inbound event) {
    String id = ids.next();
    String kept =
        journal.in(
            () ->
                journal
                    .sql(
                        """
                        INSERT INTO receipts
                          (id, sender, format, delivery, received_at, sent_at, body, attributes, state)
                        VALUES
                          (:id, :sender, :format, :delivery, :received, :sent, :body,
                           CAST(:attributes AS jsonb), 'WAITING')
                        ON CONFLICT (sender, delivery) WHERE delivery IS NOT NULL
                        DO UPDATE SET duplicates = receipts.duplicates + 1
                        RETURNING id""")
                    .param("id", id)
                    .param("sender", event.sender())
                    .param("format", event.format())
                    .param("delivery", event.delivery())
                    .param("received", Column.of(clock.instant()))
                    .param("sent", Column.of(event.sentAt()))
                    .param("body", event.body())
                    .param("attributes", Kept.json(event.attributes()))
                    .query(String.class)
                    .single());
    counts.count(event.sender(), kept.equals(id) ? Outcome.ACCEPTED : Outcome.DUPLICATE);
    return kept;
  }

  /** Keeps what was never accepted, for people to look at; {@code excerpt} is printable. */
  Arrival setAside(
      String sender, String format, @Nullable String delivery, String excerpt, String reason) {
    Instant now = clock.instant();
    String receipt =
        journal.in(
            () ->
                journal
                    .sql(
                        """
                    INSERT INTO receipts
                      (id, sender, format, delivery, received_at, body, state, reason, settled_at)
                    VALUES
                      (:id, :sender, :format, :delivery, :at, :body, 'QUARANTINED', :reason, :at)
                    ON CONFLICT (sender, delivery) WHERE delivery IS NOT NULL
                    DO UPDATE SET duplicates = receipts.duplicates + 1
                    RETURNING id""")
                    .param("id", ids.next())
                    .param("sender", sender)
                    .param("format", format)
                    .param("delivery", delivery)
                    .param("at", Column.of(now))
                    .param("body", excerpt)
                    .param("reason", shortened(reason))
                    .query(String.class)
                    .single());
    return new Arrival(receipt, sender, format, now, null, Map.of(), excerpt);
  }

  /**
   * Locks up to {@code most} events that nobody has tried yet, in the order they came, until the
   * end of the caller's transaction; those that another node holds are passed over.
   */
  public List<Arrival> claim(int most) {
    return locked("tries = 0", "ORDER BY arrival LIMIT " + most, Map.of());
  }

  /** Locks one event that was tried before and is due; as {@link #claim}. */
  public Optional<Arrival> claimFailed() {
    return locked("tries > 0 AND due_at <= now()", "ORDER BY arrival LIMIT 1", Map.of()).stream()
        .findFirst();
  }

  /** Locks that event if it still waits; as {@link #claim}. */
  public Optional<Arrival> claim(String id) {
    return locked("id = :id", "", Map.of("id", id)).stream().findFirst();
  }

  private List<Arrival> locked(String which, String order, Map<String, ?> parameters) {
    return journal
        .sql(
            """
            SELECT * FROM receipts WHERE state = 'WAITING' AND %s %s FOR UPDATE SKIP LOCKED"""
                .formatted(which, order))
        .params(parameters)
        .query((row, number) -> Kept.arrival(row))
        .list();
  }

  /** Within the transaction that locked them: nothing is left to do for these. */
  public void done(List<String> receipts) {
    settle(receipts, Kept.State.DONE, null);
  }

  /** Within the transaction that locked it: nobody will try this one again. */
  public void quarantine(String receipt, String reason) {
    settle(List.of(receipt), Kept.State.QUARANTINED, shortened(reason));
  }

  private void settle(List<String> receipts, Kept.State state, @Nullable String reason) {
    if (!receipts.isEmpty()) {
      journal
          .sql(
              """
              UPDATE receipts SET state = :state, reason = :reason, settled_at = :at
              WHERE id IN (:ids) AND state = 'WAITING'""")
          .param("state", state.name())
          .param("reason", reason)
          .param("at", Column.of(clock.instant()))
          .param("ids", receipts)
          .update();
    }
  }

  /**
   * Notes a try that failed; the next is due a little later.
   *
   * @return how many there were by now
   */
  public int failed(String receipt, String reason) {
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    UPDATE receipts
                    SET tries = tries + 1, reason = :reason,
                        due_at = now() + (tries + 1) * interval '1 second'
                    WHERE id = :id AND state = 'WAITING' RETURNING tries""")
                .param("id", receipt)
                .param("reason", shortened(reason))
                .query(Integer.class)
                .optional()
                .orElse(0));
  }

  /** The event that a receipt stands for. */
  public Optional<Kept> find(String receipt) {
    return journal.in(
        () ->
            journal
                .sql("SELECT * FROM receipts WHERE id = :id")
                .param("id", receipt)
                .query((row, number) -> Kept.of(row))
                .optional());
  }

  /** The same, as it was read; the body of what was never accepted is only its beginning. */
  public Optional<Arrival> arrival(String receipt) {
    return journal.in(
        () ->
            journal
                .sql("SELECT * FROM receipts WHERE id = :id")
                .param("id", receipt)
                .query((row, number) -> Kept.arrival(row))
                .optional());
  }

  /** What is in quarantine, newest first. */
  public List<Kept> quarantined(int most) {
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT * FROM receipts WHERE state = 'QUARANTINED'
                    ORDER BY arrival DESC LIMIT :most""")
                .param("most", most)
                .query((row, number) -> Kept.of(row))
                .list());
  }

  /** How many are in quarantine. */
  public long quarantinedCount() {
    return journal.in(
        () ->
            journal
                .sql("SELECT count(*) FROM receipts WHERE state = 'QUARANTINED'")
                .query(Long.class)
                .single());
  }

  /** Which of these receipts stand for an event that is still kept. */
  public Set<String> kept(Collection<String> receipts) {
    return Set.copyOf(
        journal.in(
            () ->
                journal
                    .sql("SELECT id FROM receipts WHERE id = ANY (:ids)")
                    .param("ids", receipts.toArray(String[]::new))
                    .query(String.class)
                    .list()));
  }

  /** Removes events that were settled long ago, a bounded number in small transactions. */
  public void sweep() {
    int batches = 0;
    while (remove() == SWEEP_BATCH && batches < SWEEP_BATCHES_MAX) {
      batches++;
    }
  }

  private int remove() {
    Instant now = clock.instant();
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    DELETE FROM receipts WHERE arrival IN (
                      SELECT arrival FROM receipts
                      WHERE (state = 'DONE' AND settled_at < :done)
                         OR (state = 'QUARANTINED' AND settled_at < :quarantined)
                      LIMIT :most)""")
                .param("done", Column.of(now.minus(KEEP_DONE)))
                .param("quarantined", Column.of(now.minus(KEEP_QUARANTINED)))
                .param("most", SWEEP_BATCH)
                .update());
  }

  private static String shortened(String reason) {
    return reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX);
  }
}
