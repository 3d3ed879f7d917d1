package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices channels that do not take messages about incidents. Each is an incident of its own, at
 * most one an hour, told through the other channels only.
 */
public final class ChannelWatch {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Transaction journal;
  private final Incidents incidents;
  private final InstantSource clock;

  public ChannelWatch(Transaction journal, Incidents incidents, InstantSource clock) {
    this.journal = journal;
    this.incidents = incidents;
    this.clock = clock;
  }

  /**
   * What became of a channel's newest messages.
   *
   * @param died when the newest was given up
   * @param delivered when the newest arrived
   */
  private record Line(
      String channel,
      Instant died,
      @Nullable Instant delivered,
      @Nullable String error,
      boolean known) {}

  /** Looks once; how many channels are in trouble. */
  public int look() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    int dead = 0;
    for (Line line : journal.in(() -> lines(now))) {
      Instant delivered = line.delivered();
      boolean again = delivered != null && delivered.isAfter(line.died());
      dead += again ? 0 : 1;
      if (!again || line.known()) {
        incidents.take(List.of(alarm(line, again, now)));
      }
    }
    return dead;
  }

  private static Alarm alarm(Line line, boolean again, Instant now) {
    long hour = now.truncatedTo(ChronoUnit.HOURS).getEpochSecond();
    String receipt =
        again
            ? "channel-%s-again-%s".formatted(line.channel(), line.delivered())
            : "channel-%s-%d".formatted(line.channel(), hour);
    return OwnAlarms.channel(
        receipt,
        line.channel(),
        again ? Alarm.State.CLEARED : Alarm.State.FIRING,
        line.error(),
        now);
  }

  private List<Line> lines(Instant now) {
    return journal
        .sql(
            """
            SELECT d.channel, d.died, d.error,
              (SELECT max(delivered_at) FROM outbox o
                WHERE o.channel = d.channel AND o.state = 'DELIVERED') AS delivered,
              EXISTS (SELECT 1 FROM signals s
                WHERE s.fingerprint = 'holdfast/channel/' || d.channel AND s.state = 'FIRING')
                AS known
            FROM (SELECT channel, max(created_at) AS died, max(error) AS error FROM outbox
              WHERE state = 'DEAD' AND incident IS NOT NULL AND created_at > :since
              GROUP BY channel) AS d
            ORDER BY d.channel""")
        .param("since", Column.of(now.minus(HOUR.multipliedBy(24))))
        .query(
            (row, number) ->
                new Line(
                    row.getString("channel"),
                    Column.moment(row, "died"),
                    Column.moment(row, "delivered"),
                    row.getString("error"),
                    row.getBoolean("known")))
        .list();
  }
}
