package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.catalog.Upcoming;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Notices assets whose newest restorable point is older than was promised, or than a day where
 * nothing was. While a backup of the asset runs or waits for its turn, nothing is wrong yet; one
 * that fails says so itself.
 */
public final class Freshness {

  /** A backup that is due at the very moment is given this long to begin. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** Without a promise, data older than this is too old, unless it is backed up less often. */
  static final Duration WITHOUT_PROMISE = Duration.ofHours(24);

  private static final int RECENT = 20;

  private final Plans plans;
  private final Function<AssetId, Optional<Instant>> newest;
  private final Runs runs;
  private final Incidents incidents;
  private final InstantSource clock;

  /**
   * A watch over every asset of the plan.
   *
   * @param newest the moment whose data an asset's newest restorable point holds
   */
  public Freshness(
      Plans plans,
      Function<AssetId, Optional<Instant>> newest,
      Runs runs,
      Incidents incidents,
      InstantSource clock) {
    this.plans = plans;
    this.newest = newest;
    this.runs = runs;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** Looks once; how many assets are too old. */
  public int look() {
    return (int) plans.assets().stream().filter(this::isStale).count();
  }

  private boolean isStale(Asset asset) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Instant> point = newest.apply(asset.id());
    Optional<Instant> since = point.or(() -> begun(asset));
    if (since.isEmpty() || runs.paused(asset.id())) {
      return false;
    }
    Duration promised = promised(plans, asset, now);
    Duration age = Duration.between(since.get(), now);
    boolean stale = age.compareTo(promised.plus(GRACE)) > 0;
    if (!stale || !isBeingMended(asset, now.minus(promised))) {
      String text =
          (point.isPresent()
                      ? "It holds data of %s"
                      : "None can be restored; the first backup that is known began at %s")
                  .formatted(Sentences.time(since.get()))
              + "; at most %s are allowed.".formatted(Sentences.span(promised));
      incidents.take(List.of(alarm(asset, since.get(), stale, text, now)));
    }
    return stale;
  }

  /**
   * How old an asset's data may grow: what was promised; else a day, or the time between two of its
   * backups where that is longer.
   */
  public static Duration promised(Plans plans, Asset asset, Instant now) {
    return plans
        .component(asset)
        .map(component -> component.objectives().rpo())
        .orElseGet(
            () ->
                Upcoming.longestGap(asset, now)
                    .filter(gap -> gap.compareTo(WITHOUT_PROMISE) > 0)
                    .orElse(WITHOUT_PROMISE));
  }

  /** Where nothing can be restored, nothing could since the first backup that is remembered. */
  private Optional<Instant> begun(Asset asset) {
    return backups(asset).map(Run::startedAt).min(Comparator.naturalOrder());
  }

  /** One that takes longer than was promised mends nothing in time. */
  private boolean isBeingMended(Asset asset, Instant since) {
    return backups(asset).anyMatch(run -> !run.over() && run.startedAt().isAfter(since));
  }

  private Stream<Run> backups(Asset asset) {
    return runs.recent(asset.id(), RECENT).stream().filter(run -> run.kind() == Run.Kind.BACKUP);
  }

  /** Of one point once an hour while it is too old, and once when it no longer is. */
  private Alarm alarm(Asset asset, Instant point, boolean stale, String text, Instant now) {
    long hour = stale ? now.truncatedTo(ChronoUnit.HOURS).getEpochSecond() : 0;
    return OwnAlarms.watched(
        "freshness-%s-%s-%d".formatted(asset.id(), point, hour),
        new OwnAlarms.Watched(
            "holdfast-freshness",
            Severity.CRITICAL,
            Situation.BACKUP,
            OwnAlarms.subject(plans, asset.id()),
            "The newest recovery point of %s is too old".formatted(asset.id()),
            OwnAlarms.fingerprint(asset.id().toString(), OwnAlarms.Trouble.STALE)),
        stale ? Alarm.State.FIRING : Alarm.State.CLEARED,
        text,
        now);
  }
}
