package holdfast.retention;

import holdfast.catalog.Point;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.store.Key;
import holdfast.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look at an asset, and what follows from it. Everything is decided again in the transaction
 * that acts on it, while nobody else changes the asset's points.
 */
final class Pass {

  /** As long as a day's passes count as one when it is asked whether they are large. */
  private static final Duration DAY = Duration.ofDays(1);

  /** A child goes before its parent, and is younger. */
  private static final Comparator<Expiry> NEWEST_FIRST =
      Comparator.comparing(Expiry::point).reversed();

  private final Asset asset;
  private final ClockSense.Seen time;
  private final List<Decision.Policy> policies;
  private final Transaction journal;
  private final KnownPoints known;
  private final Expiring expiring;
  private final ExpiryRows expiries;
  private final ApprovalRows approvals;
  private final Stores stores;
  private final Recall recall;
  private Map<String, Map<String, Instant>> locks = Map.of();
  private @Nullable String problem;

  Pass(
      Asset asset,
      ClockSense.Seen time,
      List<Decision.Policy> policies,
      Transaction journal,
      Expiring expiring,
      Recall recall,
      Stores stores) {
    this.asset = asset;
    this.time = time;
    this.policies = policies;
    this.journal = journal;
    this.known = new KnownPoints(journal);
    this.expiring = expiring;
    this.expiries = new ExpiryRows(journal);
    this.approvals = new ApprovalRows(journal);
    this.stores = stores;
    this.recall = recall;
  }

  /** What is to become of every point now. */
  Decision decide() {
    return decide("");
  }

  private Decision decide(String half) {
    List<Known> points = known.points(asset.id(), locks, half, time.now());
    return Decision.of(new History(points, time.now(), time.newestKnown()), policies);
  }

  /**
   * Asks the stores which of the points that would go they have locked, and who holds them. Points
   * that would go only after this was asked wait for the next pass.
   */
  void ask() {
    recall.adopted(asset.id());
    Map<String, Map<String, Instant>> asked = new HashMap<>();
    for (Decision.Line line : decide().lines()) {
      if (!line.verdict().keep()) {
        ask(line.point().id(), asked);
      }
    }
    locks = asked;
  }

  private void ask(String id, Map<String, Map<String, Instant>> asked) {
    try {
      recall.of(id);
      asked.put(id, locks(expiring.point(id)));
    } catch (RunException unanswered) {
      problem = unanswered.getMessage();
    }
  }

  /** Why some points could not be asked about; they wait. Null when all could. */
  @Nullable String problem() {
    return problem;
  }

  private Map<String, Instant> locks(Point point) {
    Map<String, Instant> found = new TreeMap<>();
    for (Point.Copy copy : point.copies()) {
      if (copy.state() != Point.State.DELETED) {
        stores
            .named(copy.store())
            .lockedUntil(new Key(copy.key()))
            .ifPresent(until -> found.put(copy.store(), until));
      }
    }
    return found;
  }

  /** Brings back what something speaks for; which points that were. */
  List<String> back() {
    return journal.in(
        () -> {
          known.lock(asset.id());
          Map<String, Decision.Line> whole = lines(decide());
          List<String> back = new ArrayList<>();
          for (Expiry expiry : expiries.open(asset.id())) {
            Decision.Line line =
                (expiry.removingAt() == null ? whole : supposed(expiry)).get(expiry.point());
            if (line != null && line.fate() == Decision.Fate.BACK && expiring.canComeBack(expiry)) {
              expiring.takeBack(expiry.point(), line.verdict().reason(), "holdfast");
              back.add(expiry.point());
            }
          }
          return back;
        });
  }

  /** Decided as if this point, of which something may be gone, were whole. */
  private Map<String, Decision.Line> supposed(Expiry expiry) {
    return lines(decide(expiry.point()));
  }

  private static Map<String, Decision.Line> lines(Decision decision) {
    return decision.lines().stream()
        .collect(Collectors.toMap(line -> line.point().id(), Function.identity()));
  }

  /** Puts on their way out those that may go; of too many at once, those that somebody allowed. */
  List<String> begin(String actor) {
    return journal.in(
        () -> {
          known.lock(asset.id());
          Decision decision = decide();
          List<Decision.Line> going =
              decision.with(Decision.Fate.GO).stream()
                  .filter(line -> locks.containsKey(line.point().id()))
                  .toList();
          Map<String, String> allowed = allowed();
          List<String> free =
              going.stream()
                  .map(line -> line.point().id())
                  .filter(id -> !allowed.containsKey(id))
                  .toList();
          boolean large = isLarge(free, decision);
          question(large ? Approval.ask(asset.id(), free, actor, time.now()) : null);
          List<String> begun = new ArrayList<>();
          for (Decision.Line line : going) {
            String id = line.point().id();
            if (!large || allowed.containsKey(id)) {
              begin(line, actor, allowed);
              begun.add(id);
            }
          }
          return begun;
        });
  }

  /** The one question that is open from now on, if any. */
  private void question(@Nullable Approval approval) {
    approvals.drop(asset.id(), approval == null ? "" : approval.id(), time.now());
    if (approval != null) {
      approvals.ask(approval);
    }
  }

  private void begin(Decision.Line line, String actor, Map<String, String> allowed) {
    expiring.begin(
        line.point(),
        line.verdict().reason(),
        actor,
        allowed.get(line.point().id()),
        asset.retention().takeBack());
  }

  private boolean isLarge(List<String> free, Decision decision) {
    Set<String> together = new HashSet<>(free);
    together.addAll(expiries.begunSince(asset.id(), time.now().minus(DAY)));
    return !free.isEmpty() && Decision.isLarge(together.size(), decision.lines().size());
  }

  /** Points that somebody has allowed to go, each with the approval. */
  private Map<String, String> allowed() {
    return approvals.of(asset.id(), time.now()).stream()
        .filter(approval -> approval.counts(time.now()))
        .flatMap(
            approval -> approval.points().stream().map(point -> Map.entry(point, approval.id())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
  }

  /** Removes what may no longer be taken back; which points are gone now. */
  List<String> remove() {
    List<String> removed = new ArrayList<>();
    for (Expiry expiry : expiries.open(asset.id()).stream().sorted(NEWEST_FIRST).toList()) {
      if (isDue(expiry) && journal.in(() -> mayBeRemoved(expiry)) && expiring.remove(expiry)) {
        removed.add(expiry.point());
      }
    }
    return removed;
  }

  private boolean isDue(Expiry expiry) {
    return expiry.noted()
        && !expiry.removeAfter().isAfter(time.now())
        && locks.containsKey(expiry.point());
  }

  /** Decides once more, for this point alone as if it were whole; from then on it may be gone. */
  private boolean mayBeRemoved(Expiry expiry) {
    known.lock(asset.id());
    Map<String, Decision.Line> lines = supposed(expiry);
    Decision.Line line = lines.get(expiry.point());
    boolean goes =
        line != null
            && line.fate() == Decision.Fate.EXPIRING
            && !line.verdict().keep()
            && lines.values().stream()
                .noneMatch(other -> other.point().parents().contains(expiry.point()));
    if (goes && expiry.removingAt() == null) {
      expiring.removing(expiry);
    }
    return goes;
  }

  /** Every point as it is now, with what is open of it. */
  List<Report.Row> rows(Decision decision) {
    Map<String, Expiry> open =
        expiries.open(asset.id()).stream()
            .collect(Collectors.toMap(Expiry::point, Function.identity()));
    return decision.lines().stream().map(line -> row(line, open.get(line.point().id()))).toList();
  }

  private static Report.Row row(Decision.Line line, @Nullable Expiry open) {
    Known point = line.point();
    return new Report.Row(
        point.id(),
        point.expiring() ? Point.State.EXPIRING : point.state(),
        point.at(),
        point.bytes(),
        line.fate(),
        line.verdict().reason(),
        open == null ? null : open.removeAfter(),
        open == null ? null : open.problem());
  }
}
