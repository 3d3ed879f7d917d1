package holdfast.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells another channel what the first does not take; the first is tried on all the same. */
public final class HandOver {

  private static final int AT_ONCE = 100;

  private final Transaction journal;
  private final Audit audit;
  private final Outbox outbox;
  private final InstantSource clock;

  public HandOver(Transaction journal, Audit audit, Outbox outbox, InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * A message about an incident that its channel has not taken yet, and no other was told.
   *
   * @param event as JSON
   */
  public record Lagging(long id, String channel, String event) {}

  /**
   * What somebody else would hear in place of a channel.
   *
   * @param severity its name
   */
  public record Relief(String channel, String severity) {}

  /**
   * Messages that lag, the critical ones first, then oldest first, a hundred at most.
   *
   * @param reliefs the only ones that are looked at: what nobody else hears must not stand in the
   *     way of what somebody does
   * @param shut those of them that take nothing now: everything that waits there lags
   * @param before elsewhere, what was written before then lags
   */
  public List<Lagging> lagging(
      Collection<Relief> reliefs, Collection<String> shut, Instant before) {
    if (reliefs.isEmpty()) {
      return List.of();
    }
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT id, channel, CAST(event AS text) AS event FROM outbox
                    WHERE incident IS NOT NULL AND handed_to IS NULL AND NOT withdrawn
                      AND state IN ('WAITING', 'SENDING')
                      AND (channel, event ->> 'severity') IN (
                        SELECT * FROM unnest(:channels, :severities))
                      AND (created_at < :before
                        OR (state = 'WAITING' AND channel = ANY (:shut)))
                    ORDER BY event ->> 'severity' <> 'CRITICAL', id LIMIT :most""")
                .param("channels", reliefs.stream().map(Relief::channel).toArray(String[]::new))
                .param("severities", reliefs.stream().map(Relief::severity).toArray(String[]::new))
                .param("shut", shut.toArray(new String[0]))
                .param("before", Column.of(before))
                .param("most", AT_ONCE)
                .query(
                    (row, number) ->
                        new Lagging(
                            row.getLong("id"), row.getString("channel"), row.getString("event")))
                .list());
  }

  /**
   * Tells {@code other} what message {@code id} says, once, unless it was told the same already or
   * the first channel has taken it by now; whether it was handed over.
   *
   * @param why one clause, for the audit
   */
  public boolean handOver(long id, String other, String why) {
    return journal.in(
        () -> {
          Optional<String> from = claim(id, other);
          from.ifPresent(
              channel -> {
                tell(id, other);
                audit.append(
                    "holdfast",
                    "message.handed-over",
                    "message " + id,
                    Map.of("from", channel, "to", other, "why", why));
              });
          return from.isPresent();
        });
  }

  /**
   * Notes the other channel at the first message. Whoever takes that back from now on takes back
   * the second as well, even one that is written while they do: its claim looks at the first.
   */
  private Optional<String> claim(long id, String other) {
    return journal
        .sql(
            """
            UPDATE outbox SET handed_to = :other
            WHERE id = :id AND handed_to IS NULL AND incident IS NOT NULL
              AND NOT withdrawn AND state IN ('WAITING', 'SENDING')
            RETURNING channel""")
        .param("id", id)
        .param("other", other)
        .query(String.class)
        .optional();
  }

  private void tell(long id, String other) {
    int told =
        journal
            .sql(
                """
                INSERT INTO outbox (channel, run_id, incident, event, created_at, stands_in_for)
                SELECT :other, '', incident, event, :at, id FROM outbox first
                WHERE id = :id AND NOT EXISTS (
                  SELECT 1 FROM outbox same WHERE same.incident = first.incident
                    AND same.channel = :other AND same.event = first.event)""")
            .param("id", id)
            .param("other", other)
            .param("at", Column.of(clock.instant()))
            .update();
    if (told > 0) {
      outbox.ringAfterCommit(other);
    }
  }
}
