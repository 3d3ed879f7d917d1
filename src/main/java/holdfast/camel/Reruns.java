package holdfast.camel;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.catalog.Upcoming;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.report.Rerun;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs backups again that came to nothing, where their next time would be too late. */
public final class Reruns {

  private static final Logger LOG = LoggerFactory.getLogger(Reruns.class);
  private static final int RECENT = 40;

  private final Plans plans;
  private final Runs runs;
  private final Catalog catalog;
  private final RunStarter starter;
  private final InstantSource clock;
  private final boolean alone;

  /**
   * The second attempts.
   *
   * @param alone true where this process only runs one command: then nothing is ever due
   */
  Reruns(
      Plans plans,
      Runs runs,
      Catalog catalog,
      RunStarter starter,
      InstantSource clock,
      boolean alone) {
    this.plans = plans;
    this.runs = runs;
    this.catalog = catalog;
    this.starter = starter;
    this.clock = clock;
    this.alone = alone;
  }

  /** Looks at every asset; how many backups were begun again. */
  public int look() {
    int begun = 0;
    for (Asset asset : alone ? List.<Asset>of() : plans.assets()) {
      Instant now = clock.instant();
      begun +=
          (int)
              Rerun.at(facts(asset, now)).stream()
                  .filter(at -> !at.isAfter(now) && begin(asset, at))
                  .count();
    }
    return begun;
  }

  private Rerun.Facts facts(Asset asset, Instant now) {
    List<Run> backups =
        runs.recent(asset.id(), RECENT).stream()
            .filter(run -> run.kind() == Run.Kind.BACKUP && run.state() != Run.State.SKIPPED)
            .toList();
    return new Rerun.Facts(
        backups,
        plans.component(asset).map(component -> component.objectives().rpo()).orElse(null),
        catalog.latest(asset.id()).map(Point::at).orElse(null),
        Upcoming.after(asset, now).map(Upcoming::at).orElse(null));
  }

  /** Of several nodes one does it, and none while the asset is paused. */
  private boolean begin(Asset asset, Instant at) {
    try {
      boolean begun = starter.fire(asset, Rerun.SCHEDULE, at);
      if (begun) {
        LOG.info("The backup of {} is run again", asset.id());
      }
      return begun;
    } catch (RunException full) {
      LOG.warn("The backup of {} was not run again: {}", asset.id(), full.getMessage());
      return false;
    }
  }
}
