package holdfast.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of messages that were claimed for sending: taken, to be tried again, given up. */
public final class Outcomes {

  /** The receipt of what its channel had no use for: it did not have to be sent. */
  public static final String UNNEEDED = "nothing to show";

  private static final int TEXT_MAX = 2000;

  private final Transaction journal;
  private final Audit audit;
  private final Life life;
  private final InstantSource clock;

  /** On the journal that the messages stand in, in the life that claims them here. */
  public Outcomes(Transaction journal, Audit audit, Life life, InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.life = life;
    this.clock = clock;
  }

  /** Marks an entry delivered; idempotent. */
  public void delivered(long id, String receipt) {
    delivered(id, receipt, null);
  }

  /**
   * As {@link #delivered(long, String)}.
   *
   * @param reference what the channel itself calls the incident, where it said so
   */
  public void delivered(long id, String receipt, @Nullable String reference) {
    journal.run(
        () -> {
          int changed =
              journal
                  .sql(
                      """
                      UPDATE outbox
                      SET state = 'DELIVERED', delivered_at = :at, receipt = :receipt,
                          claimed_until = NULL, error = NULL
                      WHERE id = :id AND state <> 'DELIVERED'""")
                  .param("id", id)
                  .param("at", Column.of(clock.instant()))
                  .param("receipt", shortened(receipt))
                  .update();
          if (changed == 1) {
            keep(id, reference);
            audit.append("holdfast", "message.delivered", "message " + id, Map.of());
          }
        });
  }

  private void keep(long id, @Nullable String reference) {
    if (reference != null) {
      journal
          .sql(
              """
              INSERT INTO threads (channel, incident, reference)
              SELECT channel, incident, :reference FROM outbox
              WHERE id = :id AND incident <> ''
              ON CONFLICT DO NOTHING""")
          .param("id", id)
          .param("reference", reference)
          .update();
    }
  }

  /** What {@code channel} itself calls the incident; empty before its first message. */
  public Optional<String> reference(String channel, String incident) {
    return journal.in(
        () ->
            journal
                .sql(
                    "SELECT reference FROM threads WHERE channel = :channel AND incident = :incident")
                .param("channel", channel)
                .param("incident", incident)
                .query(String.class)
                .optional());
  }

  /** Notes a failed attempt and when the next one is due; {@code error} never holds a secret. */
  public void failed(long id, String error) {
    failed(id, error, null);
  }

  /**
   * As {@link #failed(long, String)}.
   *
   * @param asked how long the channel wants to be left alone, where it said so; it never shortens
   *     the wait, or the attempts would be used up within seconds
   */
  public void failed(long id, String error, @Nullable Duration asked) {
    journal.run(
        () -> {
          drop(id);
          Optional<Integer> attempts =
              journal
                  .sql(
                      "SELECT attempts FROM outbox WHERE id = :id AND state = 'SENDING' FOR UPDATE")
                  .param("id", id)
                  .query(Integer.class)
                  .optional();
          attempts.ifPresent(
              made ->
                  waitOrBury(
                      id, made, error, Backoff.after(made).map(wait -> longer(wait, asked))));
        });
  }

  private static Duration longer(Duration wait, @Nullable Duration asked) {
    return asked == null || asked.compareTo(wait) < 0 ? wait : asked;
  }

  /**
   * Whether a claimed message is still to be sent, right before it is: nobody has taken it back
   * since, and nobody else has claimed it. If so, its claim begins anew.
   *
   * @param attempts as the claim counted them, which tells it from any later claim
   */
  public boolean stands(long id, int attempts) {
    return journal.in(
        () -> {
          drop(id);
          return journal
                  .sql(
                      """
                      UPDATE outbox SET claimed_until = now() + interval '2 minutes'
                      WHERE id = :id AND state = 'SENDING' AND attempts = :attempts""")
                  .param("id", id)
                  .param("attempts", attempts)
                  .update()
              == 1;
        });
  }

  /** Gives up what was taken back while it was on its way, and did not arrive. */
  private void drop(long id) {
    journal
        .sql(
            """
            UPDATE outbox SET state = 'DROPPED', claimed_until = NULL
            WHERE state = 'SENDING' AND id = :id
              AND (withdrawn OR EXISTS (SELECT 1 FROM outbox first
                WHERE first.id = outbox.stands_in_for AND first.withdrawn))""")
        .param("id", id)
        .update();
  }

  /** Gives back an entry whose time has not come, for a minute; that was no attempt. */
  public void notYet(long id) {
    notYet(id, Duration.ofMinutes(1));
  }

  /** Gives back an entry that was not tried, for {@code wait}; that was no attempt. */
  public void notYet(long id, Duration wait) {
    journal.run(
        () -> {
          drop(id);
          journal
              .sql(
                  """
                  UPDATE outbox
                  SET state = 'WAITING', attempts = attempts - 1, claimed_until = NULL,
                      next_attempt_at = now() + make_interval(secs => :seconds)
                  WHERE id = :id AND state = 'SENDING'""")
              .param("id", id)
              .param("seconds", wait.toSeconds())
              .update();
        });
  }

  private void waitOrBury(long id, int attempts, String error, Optional<Duration> wait) {
    journal
        .sql(
            """
            UPDATE outbox
            SET state = :state, error = :error, failure = :error, failed_at = :at, claimed_until = NULL,
                next_attempt_at = now() + make_interval(secs => :seconds)
            WHERE id = :id""")
        .param("id", id)
        .param("at", Column.of(clock.instant()))
        .param("state", (wait.isPresent() ? Outbox.State.WAITING : Outbox.State.DEAD).name())
        .param("error", shortened(error))
        .param("seconds", wait.orElse(Duration.ZERO).toSeconds())
        .update();
    audit.append(
        "holdfast",
        wait.isPresent() ? "message.failed" : "message.dead",
        "message " + id,
        Map.of("attempts", attempts, "error", shortened(error)));
  }

  /**
   * Settles claims that nobody will answer for any more, because they ran out or their life is
   * over: what was taken back is dropped, what has had its last attempt is given up, all else is
   * due now. The attempt counts, since it may have arrived. How many are due again.
   */
  public int giveBack() {
    return journal.in(
        () -> {
          endClaimsOfTheDead();
          dropWithdrawn();
          lastAttempts()
              .forEach(
                  id ->
                      waitOrBury(
                          id,
                          Backoff.ATTEMPTS,
                          "The sender ended before it answered.",
                          Optional.empty()));
          return makeDue();
        });
  }

  /**
   * A lock that can be had is the lock of nobody; whoever has it gives back, and no second node.
   */
  private void endClaimsOfTheDead() {
    journal
        .sql(
            """
            WITH ended AS MATERIALIZED (
              SELECT number FROM (
                SELECT DISTINCT claimed_by AS number FROM outbox WHERE state = 'SENDING') claiming
              WHERE number <> :own AND pg_try_advisory_xact_lock(:locks, number))
            UPDATE outbox SET claimed_until = now() WHERE id = ANY (ARRAY(
              SELECT id FROM outbox
              WHERE state = 'SENDING' AND claimed_by IN (SELECT number FROM ended)
              FOR UPDATE SKIP LOCKED))""")
        .param("own", life.begun())
        .param("locks", Life.LOCKS)
        .update();
  }

  private void dropWithdrawn() {
    journal
        .sql(
            """
            UPDATE outbox SET state = 'DROPPED', claimed_until = NULL
            WHERE withdrawn AND state = 'SENDING' AND claimed_until <= now()""")
        .update();
  }

  private List<Long> lastAttempts() {
    return journal
        .sql(
            """
            SELECT id FROM outbox
            WHERE state = 'SENDING' AND claimed_until <= now() AND attempts >= :most
            FOR UPDATE SKIP LOCKED""")
        .param("most", Backoff.ATTEMPTS)
        .query(Long.class)
        .list();
  }

  private int makeDue() {
    return journal
        .sql(
            """
            UPDATE outbox SET state = 'WAITING', claimed_until = NULL, next_attempt_at = now()
            WHERE id = ANY (ARRAY(
              SELECT id FROM outbox
              WHERE state = 'SENDING' AND claimed_until <= now() AND NOT withdrawn
              FOR UPDATE SKIP LOCKED))""")
        .update();
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }
}
