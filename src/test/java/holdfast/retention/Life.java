package holdfast.retention;

import holdfast.catalog.Point;
import holdfast.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sixty days of one asset: points are made or not, some are damaged, the plan is changed, and every
 * day a pass lets go, brings back and removes as the real one does. What it removes is looked at.
 */
final class Life {

  private static final int DAYS = 60;

  private final Histories dice;
  private final Map<String, Known> points = new HashMap<>();
  private final Map<String, Instant> removeAfter = new HashMap<>();
  private final List<Decision.Policy> policies = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int removed;
  private Instant now = Histories.START;

  private Life(long seed) {
    dice = new Histories(seed);
    policies.add(new Decision.Policy(dice.policy(), null));
  }

  /** What broke, and how many points were removed. */
  record Outcome(List<String> broken, int removed) {}

  static Outcome of(long seed) {
    Life life = new Life(seed);
    for (int day = 0; day < DAYS; day++) {
      life.day(day);
    }
    return new Outcome(life.broken, life.removed);
  }

  private void day(int day) {
    now = now.plus(Duration.ofHours(12 + dice.below(24)));
    if (!dice.one(4)) {
      make("d%02d".formatted(day));
    }
    damage();
    if (dice.one(20)) {
      Retention other = dice.policy();
      policies.set(0, new Decision.Policy(policies.get(0).rules(), now));
      policies.add(0, new Decision.Policy(other, null));
    }
    pass();
  }

  private void make(String id) {
    Known point =
        Histories.of(
            id,
            dice.one(2) ? Point.State.PROVEN : Point.State.GOOD,
            now,
            dice.one(5) ? 10 : 1_000_000 + dice.below(100_000));
    List<String> known = points.keySet().stream().sorted().toList();
    List<String> parents =
        known.isEmpty() || !dice.one(3) ? List.of() : List.of(known.get(known.size() - 1));
    points.put(id, with(point, point.state(), false, parents));
  }

  private void damage() {
    for (Known point : List.copyOf(points.values())) {
      if (dice.one(60)) {
        Point.State worse = dice.one(2) ? Point.State.CORRUPT : Point.State.SUSPECT;
        points.put(point.id(), with(point, worse, point.expiring(), point.parents()));
      }
    }
  }

  private static Known with(
      Known point, Point.State state, boolean expiring, List<String> parents) {
    return new Known(
        point.id(),
        state,
        expiring,
        point.at(),
        point.madeAt(),
        point.bytes(),
        parents,
        true,
        List.of(),
        Map.of(),
        List.of());
  }

  private Decision decide() {
    return Decision.of(new History(List.copyOf(points.values()), now, now), policies);
  }

  private void pass() {
    for (Decision.Line line : decide().with(Decision.Fate.BACK)) {
      expiring(line.point(), false);
    }
    for (Decision.Line line : decide().with(Decision.Fate.GO)) {
      expiring(line.point(), true);
      removeAfter.put(line.point().id(), now.plus(policies.get(0).rules().takeBack()));
    }
    List<String> ids = points.keySet().stream().sorted((a, b) -> b.compareTo(a)).toList();
    for (String id : ids) {
      Known point = points.get(id);
      if (point.expiring() && !removeAfter.get(id).isAfter(now) && goes(id)) {
        remove(point);
      }
    }
  }

  private boolean goes(String id) {
    Decision.Line line =
        decide().lines().stream().filter(one -> one.point().id().equals(id)).findFirst().get();
    return line.fate() == Decision.Fate.EXPIRING
        && !line.verdict().keep()
        && points.values().stream().noneMatch(point -> point.parents().contains(id));
  }

  private void expiring(Known point, boolean expiring) {
    points.put(point.id(), with(point, point.state(), expiring, point.parents()));
  }

  private void remove(Known point) {
    points.remove(point.id());
    removed++;
    Set<Point.State> left = points.values().stream().map(Known::state).collect(Collectors.toSet());
    boolean proven = point.state() == Point.State.PROVEN;
    if (proven && !left.contains(Point.State.PROVEN)) {
      broken.add("the last proven point %s was removed".formatted(point.id()));
    }
    boolean good = proven || point.state() == Point.State.GOOD;
    if (good && !left.contains(Point.State.PROVEN) && !left.contains(Point.State.GOOD)) {
      broken.add("the last good point %s was removed".formatted(point.id()));
    }
    if (Duration.between(point.at(), now).compareTo(policies.get(0).rules().atLeast()) < 0) {
      broken.add("%s was removed too young".formatted(point.id()));
    }
    if (points.values().stream().anyMatch(other -> other.parents().contains(point.id()))) {
      broken.add("%s was removed before what needs it".formatted(point.id()));
    }
  }
}
