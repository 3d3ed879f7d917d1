package holdfast.retention;

import holdfast.catalog.Point;
import holdfast.plan.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must hold of any decision, worked out without the code that decides: by looking at each
 * point that would go.
 */
final class Oracle {

  private final History history;
  private final Retention policy;
  private final Set<String> going = new HashSet<>();
  private final List<String> broken = new ArrayList<>();

  private Oracle(History history, Retention policy, List<Verdict> verdicts) {
    this.history = history;
    this.policy = policy;
    Set<String> told = new HashSet<>();
    for (Verdict verdict : verdicts) {
      if (!told.add(verdict.point()) || verdict.reason().isBlank()) {
        broken.add("no single reason for " + verdict.point());
      }
      if (!verdict.keep()) {
        going.add(verdict.point());
      }
    }
    if (told.size() != history.points().size()) {
      broken.add("not every point has a verdict");
    }
  }

  /** Every promise that this decision breaks, each as a sentence. */
  static List<String> broken(History history, Retention policy, List<Verdict> verdicts) {
    Oracle oracle = new Oracle(history, policy, verdicts);
    oracle.newestStays(List.of(Point.State.GOOD, Point.State.PROVEN), "good");
    oracle.newestStays(List.of(Point.State.PROVEN), "proven");
    oracle.newestOnesStay();
    for (Known point : history.points()) {
      if (oracle.going.contains(point.id())) {
        oracle.mayGo(point);
      } else {
        oracle.hasItsParents(point);
      }
    }
    return oracle.broken;
  }

  private boolean restorable(Known point, List<Point.State> states) {
    return point.there() && states.contains(point.state()) && !point.at().isAfter(history.now());
  }

  private void newestStays(List<Point.State> states, String word) {
    Known newest = null;
    for (Known point : history.points()) {
      if (restorable(point, states) && (newest == null || later(point, newest))) {
        newest = point;
      }
    }
    if (newest != null && going.contains(newest.id())) {
      broken.add("the last %s point %s would go".formatted(word, newest.id()));
    }
  }

  private static boolean later(Known one, Known other) {
    return one.at().equals(other.at())
        ? one.id().compareTo(other.id()) > 0
        : one.at().isAfter(other.at());
  }

  /** However many others there are: as many good ones as the plan says. */
  private void newestOnesStay() {
    for (Known point : history.points()) {
      long younger =
          history.points().stream()
              .filter(other -> restorable(other, List.of(Point.State.GOOD, Point.State.PROVEN)))
              .filter(other -> later(other, point))
              .count();
      if (policy.keepLast() != null
          && restorable(point, List.of(Point.State.GOOD, Point.State.PROVEN))
          && younger < policy.keepLast()
          && going.contains(point.id())) {
        broken.add("%s is among the last %d".formatted(point.id(), policy.keepLast()));
      }
    }
  }

  private void mayGo(Known point) {
    Instant now = history.now();
    if (!point.holds().isEmpty()) {
      broken.add("%s is held".formatted(point.id()));
    }
    if (!point.readers().isEmpty()) {
      broken.add("%s is being read".formatted(point.id()));
    }
    if (point.locks().values().stream().anyMatch(now::isBefore)) {
      broken.add("%s is locked".formatted(point.id()));
    }
    Instant minimum = now.minus(policy.atLeast());
    if (minimum.isBefore(point.at()) || minimum.isBefore(point.madeAt())) {
      broken.add("%s is younger than the minimum".formatted(point.id()));
    }
    if (policy.keepWithin() != null && now.minus(policy.keepWithin()).isBefore(point.at())) {
      broken.add("%s is younger than the plan keeps".formatted(point.id()));
    }
  }

  private void hasItsParents(Known point) {
    for (String parent : point.parents()) {
      if (going.contains(parent)) {
        broken.add("%s stays and its parent %s would go".formatted(point.id(), parent));
      }
    }
  }
}
