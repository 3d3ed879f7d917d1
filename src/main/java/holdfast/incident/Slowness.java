package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Notices backups that take more than twice as long as usual. Usual is the median of those before,
 * so one slow night does not make the next one usual.
 */
public final class Slowness {

  /** Fewer backups than these have no usual time. */
  static final int ENOUGH = 5;

  /** A backup of seconds may well take twice as many. */
  static final Duration GRACE = Duration.ofMinutes(1);

  private static final int RECENT = 40;

  private final Plans plans;
  private final Runs runs;
  private final Incidents incidents;
  private final InstantSource clock;

  /** A watch over every asset of the plan. */
  public Slowness(Plans plans, Runs runs, Incidents incidents, InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** Looks once; how many backups take too long now. */
  public int look() {
    return (int) plans.assets().stream().filter(this::isSlow).count();
  }

  private boolean isSlow(Asset asset) {
    List<Run> backups =
        runs.recent(asset.id(), RECENT).stream()
            .filter(run -> run.kind() == Run.Kind.BACKUP && run.state() != Run.State.QUEUED)
            .toList();
    if (backups.isEmpty()) {
      return false;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Run newest = backups.get(0);
    if (newest.over()) {
      incidents.take(List.of(alarm(asset, newest, Alarm.State.CLEARED, "", now)));
      return false;
    }
    Duration taken = Duration.between(newest.startedAt(), now);
    Optional<Duration> usual = usual(backups).filter(time -> isBeyond(taken, time));
    usual.ifPresent(time -> fire(asset, newest, taken, time, now));
    return usual.isPresent();
  }

  private void fire(Asset asset, Run run, Duration taken, Duration usual, Instant now) {
    String text =
        "It has been running for %s; usually it takes %s."
            .formatted(Sentences.span(taken), Sentences.span(usual));
    incidents.take(List.of(alarm(asset, run, Alarm.State.FIRING, text, now)));
  }

  static boolean isBeyond(Duration taken, Duration usual) {
    return taken.compareTo(usual.multipliedBy(2)) > 0 && taken.compareTo(usual.plus(GRACE)) > 0;
  }

  /** The median of those that went well; absent where there are too few. */
  static Optional<Duration> usual(List<Run> backups) {
    List<Duration> times =
        backups.stream()
            .filter(run -> run.state() == Run.State.SUCCEEDED && run.endedAt() != null)
            .map(run -> Duration.between(run.startedAt(), run.endedAt()))
            .sorted()
            .toList();
    return times.size() < ENOUGH ? Optional.empty() : Optional.of(times.get(times.size() / 2));
  }

  /** Of one backup once an hour while it takes too long, and once when it is over. */
  private Alarm alarm(Asset asset, Run run, Alarm.State state, String text, Instant now) {
    long hour =
        state == Alarm.State.FIRING ? now.truncatedTo(ChronoUnit.HOURS).getEpochSecond() : 0;
    return OwnAlarms.watched(
        "slow-%s-%d".formatted(run.id(), hour),
        new OwnAlarms.Watched(
            "holdfast-duration",
            Severity.HIGH,
            Situation.BACKUP,
            OwnAlarms.subject(plans, asset.id()),
            "The backup of %s takes more than twice as long as usual".formatted(asset.id()),
            OwnAlarms.fingerprint(asset.id().toString(), OwnAlarms.Trouble.SLOW)),
        state,
        text,
        now);
  }
}
