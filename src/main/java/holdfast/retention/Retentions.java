package holdfast.retention;

import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.store.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is let go of each asset: shown, done, taken back, allowed. */
public final class Retentions {

  private static final Logger LOG = LoggerFactory.getLogger(Retentions.class);

  private static final int SHORTEST_ID = 8;

  private final Plans plans;
  private final Transaction journal;
  private final Audit audit;
  private final Stores stores;
  private final Expiring expiring;
  private final Publishing publishing;
  private final Recall recall;
  private final ClockSense sense;
  private final InstantSource clock;

  Retentions(
      Plans plans,
      Transaction journal,
      Audit audit,
      Stores stores,
      Expiring expiring,
      Publishing publishing,
      Recall recall,
      ClockSense sense,
      InstantSource clock) {
    this.plans = plans;
    this.journal = journal;
    this.audit = audit;
    this.stores = stores;
    this.expiring = expiring;
    this.publishing = publishing;
    this.recall = recall;
    this.sense = sense;
    this.clock = clock;
  }

  /**
   * What a pass would do.
   *
   * @param of a system, {@code system/asset}, or null for everything
   * @throws RunException INVALID when the plan has no such thing
   */
  public List<Report> show(@Nullable String of) {
    return assets(of).stream().map(asset -> guarded(asset, "", false)).toList();
  }

  /** Makes a pass; each asset on its own, so that one in trouble hinders no other. */
  public List<Report> apply(@Nullable String of, String actor) {
    return assets(of).stream().map(asset -> guarded(asset, actor, true)).toList();
  }

  private List<Asset> assets(@Nullable String of) {
    List<Asset> found =
        plans.assets().stream()
            .filter(
                asset ->
                    of == null
                        || asset.id().system().equals(of)
                        || asset.id().toString().equals(of))
            .toList();
    if (of != null && found.isEmpty()) {
      throw new RunException(
          Code.INVALID, of, false, "The plan has no system or asset %s.".formatted(of));
    }
    return found;
  }

  private Report guarded(Asset asset, String actor, boolean apply) {
    try {
      return pass(asset, actor, apply);
    } catch (RuntimeException e) {
      RunException failure = RunException.from(e, asset.id().toString());
      LOG.warn("No pass over {}: {}", asset.id(), failure.getMessage(), e);
      return new Report(
          asset.id(),
          clock.instant(),
          asset.retention().words(),
          apply,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null,
          null,
          failure.getMessage());
    }
  }

  private Report pass(Asset asset, String actor, boolean apply) {
    ClockSense.Seen time = sense.look();
    List<Decision.Policy> policies = new PolicyRows(journal).of(asset, time.now(), time.believed());
    Pass pass = new Pass(asset, time, policies, journal, expiring, recall, stores);
    if (!time.believed()) {
      if (apply) {
        sense.refused();
      }
      return report(asset, pass, apply, List.of(), List.of(), List.of(), time, distrust(time));
    }
    pass.ask();
    if (!apply) {
      return report(asset, pass, false, List.of(), List.of(), List.of(), time, pass.problem());
    }
    List<String> back = pass.back();
    List<String> begun = pass.begin(actor);
    String problem = publishing.publish(asset.id());
    List<String> removed = pass.remove();
    return report(
        asset, pass, true, begun, removed, back, time, problem == null ? pass.problem() : problem);
  }

  private static String distrust(ClockSense.Seen time) {
    return "The clock is %d days ahead of the newest time known (%s), so nothing is removed; set it right, or say that it is with 'holdfast prune --clock-is-right'."
        .formatted(time.ahead().toDays(), time.newestKnown().truncatedTo(ChronoUnit.SECONDS));
  }

  private Report report(
      Asset asset,
      Pass pass,
      boolean applied,
      List<String> begun,
      List<String> removed,
      List<String> back,
      ClockSense.Seen time,
      @Nullable String problem) {
    Decision decision = pass.decide();
    return new Report(
        asset.id(),
        time.now(),
        asset.retention().words(),
        applied,
        pass.rows(decision),
        begun,
        removed,
        back,
        decision.waitsUntil(),
        new ApprovalRows(journal).waiting(asset.id(), time.now()).orElse(null),
        problem);
  }

  /**
   * A person agrees to the points of a question, and they go.
   *
   * @param id its first letters, as many as tell it from others
   * @throws RunException INVALID when there is no such question; REFUSED when it is void
   */
  public Report approve(String id, String actor) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Approval approval =
        journal.in(
            () -> {
              Approval asked = asked(id);
              if (!asked.whole() || !asked.expiresAt().isAfter(now)) {
                throw new RunException(
                    Code.REFUSED,
                    id,
                    false,
                    "The question %s is void; make a pass, and look at what it asks."
                        .formatted(id));
              }
              new ApprovalRows(journal).approve(asked, actor, now);
              audit.append(
                  actor,
                  "prune.approved",
                  asked.asset().toString(),
                  Map.of("approval", asked.id(), "points", asked.points()));
              return asked;
            });
    return apply(approval.asset().toString(), actor).get(0);
  }

  private Approval asked(String id) {
    List<Approval> found =
        id.length() < SHORTEST_ID ? List.of() : new ApprovalRows(journal).find(id);
    if (found.size() != 1) {
      throw new RunException(
          Code.INVALID,
          id,
          false,
          "No removal waits for approval %s; 'holdfast prune' names those that do.".formatted(id));
    }
    return found.get(0);
  }

  /** Questions that nobody has answered, at most one for each asset of the plan. */
  public List<Approval> waiting() {
    Instant now = clock.instant();
    ApprovalRows approvals = new ApprovalRows(journal);
    return plans.assets().stream()
        .flatMap(asset -> approvals.waiting(asset.id(), now).stream())
        .toList();
  }

  /** A person says that the clock is right. */
  public ClockSense.Seen confirmClock(String actor) {
    return sense.confirm(actor);
  }
}
