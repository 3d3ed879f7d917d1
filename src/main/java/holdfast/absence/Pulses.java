package holdfast.absence;

import holdfast.absence.Vitals.Late;
import holdfast.incident.Auditor;
import holdfast.journal.Column;
import holdfast.journal.Event;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.Due;
import holdfast.plan.Plans;
import holdfast.plan.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Takes the {@link Vitals}: asks the journal and the clock of incidents. */
final class Pulses {

  /** How late a timer may be in noting what is due; it is woken every minute. */
  static final Duration TIMERS = Duration.ofMinutes(3);

  /** How long a message may be due without an attempt. */
  static final Duration MESSAGES = Duration.ofMinutes(5);

  /** How long a run may be without its process; it is looked for every minute. */
  static final Duration RUNS = Duration.ofMinutes(3);

  private final Transaction journal;
  private final Plans plans;
  private final Auditor auditor;
  private final Ticks ticks;
  private final InstantSource clock;

  Pulses(Transaction journal, Plans plans, Auditor auditor, Ticks ticks, InstantSource clock) {
    this.journal = journal;
    this.plans = plans;
    this.auditor = auditor;
    this.ticks = ticks;
    this.clock = clock;
  }

  /**
   * Asks once.
   *
   * @param blind watches that have not looked for too long
   * @throws holdfast.journal.RunException UNREACHABLE where the journal does not answer
   */
  Vitals take(List<String> blind) {
    return new Vitals(
        ticks.late(TIMERS),
        journal.in(this::unrecorded),
        auditor.blind(),
        auditor.overdue().stream()
            .map(one -> "%s of incident %s".formatted(one.what(), one.incident()))
            .toList(),
        auditor.unheard(),
        untried(MESSAGES),
        journal.in(this::lapsed),
        blind);
  }

  /** By how far each schedule has come in the journal, whoever has brought it there. */
  private List<Late> unrecorded() {
    Instant overdue = clock.instant().minus(TIMERS);
    List<Late> late = new ArrayList<>();
    for (Known known : schedules()) {
      for (Asset asset : plans.assets()) {
        for (Schedule schedule : asset.schedules()) {
          if (schedule.enabled() && known.is(asset, schedule)) {
            Due.Fires fires = Due.due(schedule, known.last(), overdue);
            if (fires.fire() != null) {
              String what = "schedule %s of %s".formatted(schedule.name(), asset.id());
              late.add(new Late(what, fires.fire()));
            }
          }
        }
      }
    }
    return late;
  }

  private record Known(String asset, String schedule, Instant last) {

    boolean is(Asset other, Schedule wanted) {
      return asset.equals(other.id().toString()) && schedule.equals(wanted.name());
    }
  }

  private List<Known> schedules() {
    return journal
        .sql("SELECT system || '/' || asset AS asset, schedule, last_fire FROM schedules")
        .query(
            (row, number) ->
                new Known(
                    row.getString("asset"),
                    row.getString("schedule"),
                    Column.moment(row, "last_fire")))
        .list();
  }

  /**
   * Channels whose messages were due for that long while nothing was tried there. Proofs are no
   * messages: each waits for the one before it.
   */
  List<Late> untried(Duration patience) {
    Set<String> planned = plans.installation().channels().keySet();
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT channel, min(due) AS since FROM (
                      SELECT channel,
                        CASE state WHEN 'WAITING' THEN next_attempt_at ELSE claimed_until END AS due
                      FROM outbox WHERE state IN ('WAITING', 'SENDING') AND NOT withdrawn
                        AND attempts < 12 AND (channel = ANY (:channels) OR channel = :alarms)) open
                    WHERE NOT EXISTS (SELECT 1 FROM outbox tried WHERE tried.channel = open.channel
                      AND ((tried.state = 'SENDING' AND tried.claimed_until > now())
                        OR tried.delivered_at > :recent OR tried.failed_at > :recent))
                    GROUP BY channel HAVING min(due) < now() - CAST(:patience AS interval)
                    ORDER BY since""")
                .param("channels", planned.toArray(String[]::new))
                .param("alarms", Event.ALARM_CHANNEL)
                .param("recent", Column.of(clock.instant().minus(patience)))
                .param("patience", patience.toSeconds() + " seconds")
                .query(
                    (row, number) ->
                        new Late(row.getString("channel"), Column.moment(row, "since")))
                .list());
  }

  private List<Late> lapsed() {
    return journal
        .sql(
            """
            SELECT id, alive_until FROM runs WHERE state IN ('QUEUED', 'RUNNING')
              AND alive_until < now() - CAST(:patience AS interval) ORDER BY alive_until""")
        .param("patience", RUNS.toSeconds() + " seconds")
        .query((row, number) -> new Late(row.getString("id"), Column.moment(row, "alive_until")))
        .list()
        .stream()
        .sorted(Comparator.comparing(Late::since))
        .toList();
  }
}
