package holdfast.camel;

import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Due;
import holdfast.plan.Plans;
import holdfast.plan.Schedule;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the timers wake: decides from plan and journal whether a run is due, and records each fire
 * once, whichever node is first.
 */
public final class Schedules {

  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

  private final Plans plans;
  private final Runs runs;
  private final RunStarter starter;
  private final InstantSource clock;
  private final boolean alone;

  /**
   * The schedules.
   *
   * @param alone true where this process only runs one command: then nothing is ever due
   */
  Schedules(Plans plans, Runs runs, RunStarter starter, InstantSource clock, boolean alone) {
    this.plans = plans;
    this.runs = runs;
    this.starter = starter;
    this.clock = clock;
    this.alone = alone;
  }

  /** Wakes every schedule of every asset; one that fails does not keep the others asleep. */
  public void wakeAll() {
    for (Asset asset : plans.assets()) {
      for (Schedule schedule : asset.schedules()) {
        try {
          wake(asset, schedule);
        } catch (RuntimeException failed) {
          LOG.warn("Schedule {} of {}: {}", schedule.name(), asset.id(), failed.getMessage());
          LOG.debug("Its trace", failed);
        }
      }
    }
  }

  /** Wakes one schedule; unknown names are ignored, because a timer may outlive its plan. */
  public void wake(@Variable("asset") String asset, @Variable("schedule") String schedule) {
    plans
        .asset(AssetId.parse(asset))
        .ifPresent(
            found ->
                found.schedules().stream()
                    .filter(entry -> entry.name().equals(schedule))
                    .forEach(entry -> wake(found, entry)));
  }

  private void wake(Asset asset, Schedule schedule) {
    if (alone || !schedule.enabled()) {
      return;
    }
    Instant now = clock.instant();
    Due.Fires fires = Due.due(schedule, runs.lastFire(asset.id(), schedule.name()), now);
    if (!fires.missed().isEmpty()) {
      runs.missed(asset.id(), schedule.name(), fires.missed());
    }
    if (fires.fire() != null) {
      fire(asset, schedule, fires.fire());
    }
  }

  private void fire(Asset asset, Schedule schedule, Instant fireTime) {
    try {
      starter.fire(asset, schedule.name(), fireTime);
    } catch (RunException full) {
      LOG.warn("Schedule {} of {}: {}", schedule.name(), asset.id(), full.getMessage());
    }
  }
}
