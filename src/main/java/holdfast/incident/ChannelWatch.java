package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.journal.Column;
import holdfast.journal.Outcomes;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Notices channels that do not take messages about incidents: one message failed several times, or
 * waits for minutes, and nothing has arrived since. Each is an incident of its own, at most one an
 * hour, told through the other channels only; it is over once something has arrived. Tests of the
 * way of alarms have an alarm of their own, and count here only where they arrive. An attempt whose
 * sender was killed says nothing of the channel.
 */
public final class ChannelWatch {

  /** So many attempts of one message that fail are a trouble of its channel. */
  private static final int ATTEMPTS = 3;

  /** For so long a message may wait while nothing arrives; a channel may have no reader at all. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is older tells nothing of today: a message is given up after a day. */
  private static final Duration MEMORY = Duration.ofDays(7);

  private final Transaction journal;
  private final Incidents incidents;
  private final Set<String> planned;
  private final InstantSource clock;

  public ChannelWatch(Transaction journal, Incidents incidents, Plans plans, InstantSource clock) {
    this.journal = journal;
    this.incidents = incidents;
    this.planned = plans.installation().channels().keySet();
    this.clock = clock;
  }

  /**
   * A channel in trouble.
   *
   * @param error its last answer; absent where nothing was tried
   */
  private record Line(String channel, @Nullable String error) {}

  /** Looks once; how many channels are in trouble. */
  public int look() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Line> troubled = journal.in(() -> troubled(now));
    long hour = now.truncatedTo(ChronoUnit.HOURS).getEpochSecond();
    for (Line line : troubled) {
      take("%d".formatted(hour), line, Alarm.State.FIRING, now);
    }
    Set<String> names = troubled.stream().map(Line::channel).collect(Collectors.toSet());
    for (String channel : journal.in(this::mended)) {
      if (!names.contains(channel)) {
        take("again-" + now, new Line(channel, null), Alarm.State.CLEARED, now);
      }
    }
    return troubled.size();
  }

  private void take(String moment, Line line, Alarm.State state, Instant now) {
    String receipt = "channel-%s-%s".formatted(line.channel(), moment);
    incidents.take(List.of(OwnAlarms.channel(receipt, line.channel(), state, line.error(), now)));
  }

  private List<Line> troubled(Instant now) {
    return journal
        .sql(
            """
            WITH recent AS (
              SELECT channel, state, error, created_at, delivered_at, receipt, failed_at,
                incident IS NOT NULL AND event ->> 'type' <> :test AS told, state = 'DEAD'
                  OR failed_at IS NOT NULL
                    AND attempts - CASE state WHEN 'SENDING' THEN 1 ELSE 0 END >= :attempts
                  AS failed,
                state IN ('WAITING', 'SENDING') AND created_at < :late AS late
              FROM outbox WHERE channel = ANY (:channels) AND created_at > :since),
            stuck AS (
              SELECT channel, error,
                CASE WHEN failed THEN coalesce(failed_at, created_at) ELSE created_at END AS at
              FROM recent WHERE told AND state <> 'DELIVERED' AND (failed OR late))
            SELECT DISTINCT ON (channel) channel, error FROM stuck
            WHERE NOT EXISTS (SELECT 1 FROM recent arrived
              WHERE arrived.channel = stuck.channel AND arrived.state = 'DELIVERED'
                AND arrived.delivered_at > stuck.at AND arrived.receipt <> :unneeded)
            ORDER BY channel, at DESC""")
        .param("test", Notice.Type.TEST.name())
        .param("attempts", ATTEMPTS)
        .param("late", Column.of(now.minus(PATIENCE)))
        .param("since", Column.of(now.minus(MEMORY)))
        .param("channels", planned.toArray(String[]::new))
        .param("unneeded", Outcomes.UNNEEDED)
        .query((row, number) -> new Line(row.getString("channel"), row.getString("error")))
        .list();
  }

  /** Known for a trouble, and something has arrived since, or the plan has no such channel. */
  private List<String> mended() {
    return journal
        .sql(
            """
            SELECT channel FROM (
              SELECT substr(fingerprint, length(:prefix) + 1) AS channel, first_at FROM signals
              WHERE state = 'FIRING' AND sender = :sender AND kind = :kind) AS known
            WHERE NOT channel = ANY (:channels) OR EXISTS (SELECT 1 FROM outbox o
              WHERE o.channel = known.channel AND o.state = 'DELIVERED'
                AND o.delivered_at > known.first_at AND o.receipt <> :unneeded)
            ORDER BY channel""")
        .param("prefix", OwnAlarms.CHANNELS)
        .param("sender", OwnAlarms.SENDER)
        .param("kind", OwnAlarms.MESSAGE)
        .param("channels", planned.toArray(String[]::new))
        .param("unneeded", Outcomes.UNNEEDED)
        .query(String.class)
        .list();
  }
}
