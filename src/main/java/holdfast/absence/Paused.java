package holdfast.absence;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.incident.Freshness;
import holdfast.incident.OwnAlarms;
import holdfast.incident.Sentences;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.plan.Schedule;
import holdfast.plan.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Schedules that rest for longer than the data may age: paused by somebody, or all disabled in the
 * plan. Each day is a trouble of its own, so that a forgotten pause is told of every day.
 */
final class Paused implements Finder {

  private final Transaction journal;
  private final Plans plans;
  private final Catalog catalog;

  Paused(Transaction journal, Plans plans, Catalog catalog) {
    this.journal = journal;
    this.plans = plans;
    this.catalog = catalog;
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    List<Trouble> found = new ArrayList<>();
    for (Asset asset : plans.assets()) {
      pause(asset.id())
          .filter(pause -> isLong(asset, pause.since(), now))
          .map(pause -> trouble(asset, pause.words(), now))
          .or(() -> disabled(asset, now))
          .ifPresent(found::add);
    }
    return found;
  }

  private boolean isLong(Asset asset, Instant since, Instant now) {
    return since.plus(Freshness.promised(plans, asset, now)).isBefore(now);
  }

  private record Pause(String actor, Instant since) {

    String words() {
      return "%s paused its schedules at %s: 'holdfast schedule resume' wakes them."
          .formatted(actor, Sentences.time(since));
    }
  }

  private Optional<Pause> pause(AssetId asset) {
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT actor, since FROM pauses
                    WHERE system = :system AND asset IN ('', :asset) ORDER BY since LIMIT 1""")
                .param("system", asset.system())
                .param("asset", asset.asset())
                .query(
                    (row, number) -> new Pause(row.getString("actor"), Column.moment(row, "since")))
                .optional());
  }

  private Optional<Trouble> disabled(Asset asset, Instant now) {
    boolean resting =
        !asset.schedules().isEmpty() && asset.schedules().stream().noneMatch(Schedule::enabled);
    Optional<Instant> newest =
        resting ? catalog.latest(asset.id()).map(Point::at) : Optional.empty();
    return newest
        .filter(at -> isLong(asset, at, now))
        .map(at -> trouble(asset, "Every schedule of it is disabled in the plan.", now));
  }

  private Trouble trouble(Asset asset, String text, Instant now) {
    return new Trouble(
        "%s-%s".formatted(asset.id(), LocalDate.ofInstant(now, ZoneOffset.UTC)),
        Severity.MEDIUM,
        OwnAlarms.subject(plans, asset.id()),
        "The backups of %s rest for longer than its data may age".formatted(asset.id()),
        text);
  }
}
