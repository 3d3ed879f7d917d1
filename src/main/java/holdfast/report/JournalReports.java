package holdfast.report;

import holdfast.alarm.ProbeReports;
import holdfast.catalog.Catalog;
import holdfast.catalog.Proof;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.plan.SystemPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Reads what {@link Judge} judges. */
final class JournalReports implements Reports {

  private static final Duration WINDOW = Duration.ofDays(30);
  private static final int LOOK_BACK = 100;

  private final Plans plans;
  private final Runs runs;
  private final Catalog catalog;
  private final Outbox outbox;
  private final ProbeReports probes;
  private final InstantSource clock;

  JournalReports(
      Plans plans,
      Runs runs,
      Catalog catalog,
      Outbox outbox,
      ProbeReports probes,
      InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.catalog = catalog;
    this.outbox = outbox;
    this.probes = probes;
    this.clock = clock;
  }

  @Override
  public Status status() {
    Instant now = clock.instant();
    List<Status.SystemLine> systems =
        plans.systems().stream().map(system -> line(system, now)).toList();
    List<Status.AssetLine> assets =
        systems.stream().flatMap(system -> system.assets().stream()).toList();
    int within = (int) assets.stream().filter(Status.AssetLine::within).count();
    return new Status(now, assets.size(), within, systems, undelivered(now));
  }

  /** A proof's own start is no message: what comes of it stands with its asset. */
  private List<Status.UndeliveredLine> undelivered(Instant now) {
    return outbox.undelivered(now.minus(WINDOW)).stream()
        .filter(given -> !Event.INTERNAL.contains(given.channel()))
        .map(Unheard::line)
        .toList();
  }

  private Status.SystemLine line(SystemPlan system, Instant now) {
    return new Status.SystemLine(
        system.name(),
        system.description(),
        system.assets().stream().map(asset -> Judge.line(known(asset, now), now)).toList(),
        probes.lines(system),
        probes.availability(system));
  }

  private Judge.Known known(Asset asset, Instant now) {
    List<Proof> proofs = catalog.proofs(asset.id(), LOOK_BACK);
    return new Judge.Known(
        asset,
        plans.component(asset).orElse(null),
        catalog.latest(asset.id()).orElse(null),
        catalog.latestProven(asset.id()).orElse(null),
        proofs.stream().findFirst().orElse(null),
        proofs.stream().filter(proof -> proof.restoreSeconds() > 0).findFirst().orElse(null),
        runs.paused(asset.id()),
        runs.recent(asset.id(), LOOK_BACK),
        runs.tally(asset.id(), Run.Kind.BACKUP, now.minus(WINDOW)));
  }
}
