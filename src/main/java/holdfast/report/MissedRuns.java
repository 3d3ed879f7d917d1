package holdfast.report;

import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.Due;
import holdfast.plan.Plans;
import holdfast.plan.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices backups that should have begun and did not: fire times that nobody recorded, and recorded
 * ones that no run followed. Each is told of once, by whichever node looks first.
 */
public final class MissedRuns {

  /** How late a fire or a run may be before it counts as missed. */
  static final Duration GRACE = Duration.ofMinutes(15);

  private final Plans plans;
  private final Runs runs;
  private final InstantSource clock;

  MissedRuns(Plans plans, Runs runs, InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.clock = clock;
  }

  /** Looks at every schedule; how many missed runs were new. */
  public int look() {
    int found = runs.missIdle(GRACE);
    for (Asset asset : plans.assets()) {
      for (Schedule schedule : asset.schedules()) {
        if (schedule.enabled()) {
          found += look(asset, schedule);
        }
      }
    }
    return found;
  }

  private int look(Asset asset, Schedule schedule) {
    Instant overdue = clock.instant().minus(GRACE);
    Instant last = runs.lastFire(asset.id(), schedule.name());
    Due.Fires fires = Due.due(schedule, last, overdue);
    List<Instant> unseen = new ArrayList<>(fires.missed());
    if (fires.fire() != null) {
      unseen.add(fires.fire());
    }
    return unseen.isEmpty() ? 0 : runs.missed(asset.id(), schedule.name(), unseen);
  }
}
