package holdfast.absence;

import holdfast.catalog.Upcoming;
import holdfast.incident.OwnAlarms;
import holdfast.incident.Sentences;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Assets of which no point was proven for too long, although there are points. */
final class Unproven implements Finder {

  /** How old the newest proof may grow where the plan says nothing and backups are frequent. */
  static final Duration USUAL = Duration.ofDays(7);

  private final Transaction journal;
  private final Plans plans;

  Unproven(Transaction journal, Plans plans) {
    this.journal = journal;
    this.plans = plans;
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    return plans.assets().stream().flatMap(asset -> trouble(asset, now).stream()).toList();
  }

  /**
   * What is known of an asset's proofs.
   *
   * @param passed whether one ever passed
   * @param since when the newest did; else when the first point was made
   */
  private record Known(boolean passed, Instant since) {}

  private Optional<Trouble> trouble(Asset asset, Instant now) {
    Duration allowed = allowed(asset, now);
    return known(asset)
        .filter(known -> known.since().plus(allowed).isBefore(now))
        .map(
            known ->
                new Trouble(
                    asset.id().toString(),
                    Severity.MEDIUM,
                    OwnAlarms.subject(plans, asset.id()),
                    "No recovery point of %s was proven for too long".formatted(asset.id()),
                    "%s %s; a proof is due every %s. Run: holdfast verify latest:%s"
                        .formatted(
                            known.passed() ? "The newest proof passed at" : "None ever was since",
                            Sentences.time(known.since()),
                            Sentences.span(allowed),
                            asset.id())));
  }

  /** As declared; else a week, or twice the time between two backups where that is longer. */
  static Duration allowed(Asset asset, Instant now) {
    Duration declared = asset.verification().atLeastEvery();
    return declared != null
        ? declared
        : Upcoming.longestGap(asset, now)
            .map(gap -> gap.multipliedBy(2))
            .filter(twice -> twice.compareTo(USUAL) > 0)
            .orElse(USUAL);
  }

  private Optional<Known> known(Asset asset) {
    return journal.in(
        () ->
            journal
                .sql(
                    """
                    SELECT max(proofs.ended_at) FILTER (WHERE verdict = 'PASS') AS passed,
                      min(points.finished_at) AS first
                    FROM points LEFT JOIN proofs ON proofs.point = points.id
                    WHERE system = :system AND asset = :asset""")
                .param("system", asset.id().system())
                .param("asset", asset.id().asset())
                .query(
                    (row, number) -> {
                      Instant passed = Column.moment(row, "passed");
                      Instant first = Column.moment(row, "first");
                      return first == null
                          ? Optional.<Known>empty()
                          : Optional.of(new Known(passed != null, passed == null ? first : passed));
                    })
                .single());
  }
}
