package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Hands notices to the outbox. In a storm, a channel hears of the first few incidents one by one
 * and of the others together; the first critical incident of its kind is still told at once.
 */
final class Teller {

  /** How many notices within {@link #MOMENT} are a storm: from then on they are held back. */
  static final int FEW = 6;

  /** A storm goes on while more than this many are told or held back within ten seconds. */
  static final int CALM = 15;

  /** A storm that comes in gusts goes on while there are more than this many within a minute. */
  static final int CALM_MINUTE = 90;

  /** In a storm, so many within {@link #MINUTE} are told all the same: critical, of a new kind. */
  static final int MOST = 9;

  private static final Duration MOMENT = Duration.ofSeconds(3);

  private static final Duration WHILE = Duration.ofSeconds(10);

  private static final Duration MINUTE = Duration.ofSeconds(60);

  /** For how long a critical incident of the same kind is nothing new. */
  private static final Duration SAME = Duration.ofMinutes(30);

  private static final Set<Notice.Type> CALLS =
      EnumSet.of(Notice.Type.OPENED, Notice.Type.REOPENED, Notice.Type.ESCALATED);

  /** What a mirror of the incident has to hear, storm or not, or it would show it for ever. */
  private static final Set<Notice.Type> ENDS =
      EnumSet.of(Notice.Type.ACKNOWLEDGED, Notice.Type.RESOLVED);

  private final Transaction journal;
  private final Outbox outbox;
  private final Set<String> mirrors;
  private final Set<String> people;

  Teller(Transaction journal, Outbox outbox, Collection<ChannelSpec> channels) {
    this.journal = journal;
    this.outbox = outbox;
    this.mirrors = names(channels, ChannelSpec::mirrors);
    this.people = names(channels, ChannelSpec::wakes);
  }

  private static Set<String> names(Collection<ChannelSpec> channels, Predicate<ChannelSpec> which) {
    return channels.stream().filter(which).map(ChannelSpec::name).collect(Collectors.toSet());
  }

  /** Whether somebody shall acknowledge who reads it. */
  static boolean asks(Notice.Type type) {
    return CALLS.contains(type) || type == Notice.Type.REPEATED;
  }

  /**
   * Whether a call got through to people since the incident's clock began and since it last became
   * worse, by itself or in a digest. A page or a program that took it wakes nobody.
   */
  boolean gotThrough(Incident incident) {
    return journal
        .sql(
            """
            WITH begin AS (SELECT greatest(:clockFrom, max(at)) AS at FROM incident_timeline
              WHERE incident = :incident AND kind = 'RAISED')
            SELECT EXISTS (SELECT 1 FROM outbox, begin
                WHERE incident = :incident AND state = 'DELIVERED' AND channel = ANY (:people)
                  AND created_at >= begin.at
                  AND event ->> 'type' IN ('OPENED', 'REOPENED', 'ESCALATED', 'REPEATED'))
              OR EXISTS (SELECT 1 FROM incident_digests held
                JOIN outbox digest ON digest.channel = held.channel AND digest.incident = ''
                  AND digest.state = 'DELIVERED' AND digest.created_at >= held.told_at, begin
                WHERE held.incident = :incident AND held.channel = ANY (:people)
                  AND held.held_at >= begin.at)""")
        .param("incident", incident.id())
        .param("clockFrom", Column.of(incident.clockFrom()))
        .param("people", people.toArray(String[]::new))
        .query(Boolean.class)
        .single();
  }

  /** Whether any of the channels reaches people. */
  boolean wakes(Collection<String> channels) {
    return channels.stream().anyMatch(people::contains);
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
    return (mirrors.contains(channel) && ENDS.contains(notice.type()))
        || !isStorm(channel, notice.at())
        || (told(channel, notice.at(), MINUTE) < MOST && isNewKind(channel, notice));
  }

  /** One trouble a second is no storm yet; once it is one, it has to calm down first. */
  private boolean isStorm(String channel, Instant now) {
    if (told(channel, now, MOMENT) >= FEW) {
      return true;
    }
    return held(channel, now, MINUTE) > 0
        && (all(channel, now, WHILE) > CALM || all(channel, now, MINUTE) > CALM_MINUTE);
  }

  private long all(String channel, Instant now, Duration within) {
    return held(channel, now, within) + told(channel, now, within);
  }

  private long held(String channel, Instant now, Duration within) {
    return journal
        .sql(
            """
            SELECT count(*) FROM incident_digests
            WHERE channel = :channel AND held_at > :since AND held_at <= :now""")
        .param("channel", channel)
        .param("since", Column.of(now.minus(within)))
        .param("now", Column.of(now))
        .query(Long.class)
        .single();
  }

  /** What lies in the future, since a clock was set back, is no storm. */
  private long told(String channel, Instant now, Duration within) {
    return journal
        .sql(
            """
            SELECT count(*) FROM outbox
            WHERE channel = :channel AND incident IS NOT NULL
              AND created_at > :since AND created_at <= :now""")
        .param("channel", channel)
        .param("since", Column.of(now.minus(within)))
        .param("now", Column.of(now.plus(MOMENT)))
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
                    AND event ->> 'situation' = :situation
                    AND CAST(event ->> 'level' AS integer) >= :level)""")
            .param("level", notice.level())
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
            INSERT INTO incident_digests (channel, incident, type, contacts, held_at)
            VALUES (:channel, :incident, :type, :contacts, :at)""")
        .param("channel", channel)
        .param("incident", notice.incident())
        .param("type", notice.type().name())
        .param("contacts", notice.contacts().toArray(String[]::new))
        .param("at", Column.of(notice.at()))
        .update();
  }

  /** The people who were called for an incident through a channel, by their names. */
  List<String> called(String incident, String channel) {
    return journal
        .sql(
            """
            SELECT DISTINCT name FROM outbox, jsonb_array_elements_text(event -> 'contacts') AS name
            WHERE incident = :incident AND channel = :channel ORDER BY name""")
        .param("incident", incident)
        .param("channel", channel)
        .query(String.class)
        .list();
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
