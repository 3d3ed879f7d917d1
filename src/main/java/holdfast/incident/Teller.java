package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Hands notices to the outbox. In a storm, a channel hears of the first few incidents one by one
 * and of the others together; the first critical incident of its kind is still told at once.
 */
final class Teller {

  /** How many notices within {@link #MOMENT} are a storm: from then on they are held back. */
  static final int FEW = 6;

  /** A storm goes on while more than this many notices a minute are told or held back. */
  static final int CALM = 12;

  /** In a storm, so many within {@link #MINUTE} are told all the same: critical, of a new kind. */
  static final int MOST = 9;

  private static final Duration MOMENT = Duration.ofSeconds(3);

  private static final Duration MINUTE = Duration.ofSeconds(60);

  /** For how long a critical incident of the same kind is nothing new. */
  private static final Duration SAME = Duration.ofMinutes(30);

  private static final Set<Notice.Type> CALLS =
      EnumSet.of(Notice.Type.OPENED, Notice.Type.REOPENED, Notice.Type.ESCALATED);

  private final Transaction journal;
  private final Outbox outbox;

  Teller(Transaction journal, Outbox outbox) {
    this.journal = journal;
    this.outbox = outbox;
  }

  /** Whether somebody shall acknowledge who reads it. */
  static boolean asks(Notice.Type type) {
    return CALLS.contains(type) || type == Notice.Type.REPEATED;
  }

  /** Whether a message about an incident got through, or is part of a digest. */
  boolean gotThrough(String incident) {
    return journal
        .sql(
            """
            SELECT EXISTS (SELECT 1 FROM outbox
                WHERE incident = :incident AND state = 'DELIVERED'
                  AND event ->> 'type' <> 'CUSTOMER')
              OR EXISTS (SELECT 1 FROM incident_digests
                WHERE incident = :incident AND told_at IS NOT NULL)""")
        .param("incident", incident)
        .query(Boolean.class)
        .single();
  }

  /** Tells the channels now, or keeps the notice for their next digest. */
  void tell(Collection<String> channels, Notice notice) {
    for (String channel : channels) {
      if (isDirect(channel, notice)) {
        outbox.tell(channel, notice.incident(), notice.json());
      } else {
        hold(channel, notice);
      }
    }
  }

  private boolean isDirect(String channel, Notice notice) {
    return !isStorm(channel, notice.at())
        || (told(channel, notice.at().minus(MINUTE)) < MOST && isNewKind(channel, notice));
  }

  /** One trouble a second is no storm yet; once it is one, it has to calm down first. */
  private boolean isStorm(String channel, Instant now) {
    if (told(channel, now.minus(MOMENT)) >= FEW) {
      return true;
    }
    long held = held(channel, now.minus(MINUTE));
    return held > 0 && held + told(channel, now.minus(MINUTE)) > CALM;
  }

  private long held(String channel, Instant since) {
    return journal
        .sql("SELECT count(*) FROM incident_digests WHERE channel = :channel AND held_at > :since")
        .param("channel", channel)
        .param("since", Column.of(since))
        .query(Long.class)
        .single();
  }

  private long told(String channel, Instant since) {
    return journal
        .sql(
            """
            SELECT count(*) FROM outbox
            WHERE channel = :channel AND incident IS NOT NULL AND created_at > :since""")
        .param("channel", channel)
        .param("since", Column.of(since))
        .query(Long.class)
        .single();
  }

  private boolean isNewKind(String channel, Notice notice) {
    return notice.severity() == Severity.CRITICAL
        && CALLS.contains(notice.type())
        && journal
            .sql(
                """
                SELECT NOT EXISTS (SELECT 1 FROM outbox
                  WHERE channel = :channel AND incident IS NOT NULL AND created_at > :since
                    AND event ->> 'severity' = 'CRITICAL' AND event ->> 'system' = :system
                    AND event ->> 'situation' = :situation)""")
            .param("channel", channel)
            .param("since", Column.of(notice.at().minus(SAME)))
            .param("system", notice.system())
            .param("situation", notice.situation().name())
            .query(Boolean.class)
            .single();
  }

  private void hold(String channel, Notice notice) {
    journal
        .sql(
            """
            INSERT INTO incident_digests (channel, incident, type, held_at)
            VALUES (:channel, :incident, :type, :at)""")
        .param("channel", channel)
        .param("incident", notice.incident())
        .param("type", notice.type().name())
        .param("at", Column.of(notice.at()))
        .update();
  }

  /**
   * The channels that heard of an incident, or will with their next digest; also those whose call
   * was taken back, for they may have been out of order all the while. Whoever only got the words
   * for customers did not hear of it, except a page, on which the incident stands by then.
   */
  List<String> heard(String incident) {
    return journal
        .sql(
            """
            SELECT o.channel FROM outbox o WHERE o.incident = :incident
              AND (o.event ->> 'type' <> 'CUSTOMER' OR EXISTS (SELECT 1 FROM threads t
                WHERE t.channel = o.channel AND t.incident = o.incident))
            UNION SELECT channel FROM incident_digests WHERE incident = :incident
            ORDER BY channel""")
        .param("incident", incident)
        .query(String.class)
        .list();
  }
}
