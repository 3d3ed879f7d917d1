package holdfast.retention;

import holdfast.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one pass may do with each point of an asset. Pure. A plan that was changed counts alone only
 * after a day: until then what any plan of that day keeps is kept.
 *
 * @param lines newest first
 * @param waitsUntil when the newest change of the plan counts alone; absent where it does already
 */
public record Decision(List<Line> lines, @Nullable Instant waitsUntil) {

  /** How long a changed plan waits. */
  public static final Duration DELAY = Duration.ofHours(24);

  /** A pass that lets more than one in {@code SHARE} points go, and more than this many, asks. */
  static final int FEW = 3;

  static final int SHARE = 5;

  /** What becomes of a point now. */
  public enum Fate {
    /** It stays. */
    KEEP,
    /** It is to be let go. */
    GO,
    /** The plan as it is would let it go, the plan before kept it: it waits. */
    WAIT,
    /** It is on its way out, and stays on it. */
    EXPIRING,
    /** It is on its way out, and something that lasts speaks for it: it comes back. */
    BACK
  }

  /** One point, and what becomes of it. */
  public record Line(Known point, Fate fate, Verdict verdict) {}

  /**
   * A plan that was in force.
   *
   * @param until when another was first seen in its place; absent for the one in force
   */
  record Policy(Retention rules, @Nullable Instant until) {}

  /**
   * Decides.
   *
   * @param policies the one in force, then those it replaced, the newest first
   */
  static Decision of(History history, List<Policy> policies) {
    Map<String, Verdict> spared = new HashMap<>();
    Instant waitsUntil = null;
    for (Policy policy : policies) {
      Instant until = policy.until() == null ? null : policy.until().plus(DELAY);
      if (until != null && until.isAfter(history.now())) {
        waitsUntil = waitsUntil == null || until.isAfter(waitsUntil) ? until : waitsUntil;
        Keeping.decide(history, policy.rules()).stream()
            .filter(Verdict::keep)
            .forEach(verdict -> spared.putIfAbsent(verdict.point(), verdict));
      }
    }
    Map<String, Known> points =
        history.points().stream().collect(Collectors.toMap(Known::id, Function.identity()));
    return new Decision(
        Keeping.decide(history, policies.get(0).rules()).stream()
            .map(verdict -> line(points.get(verdict.point()), verdict, spared))
            .toList(),
        waitsUntil);
  }

  private static Line line(Known point, Verdict verdict, Map<String, Verdict> spared) {
    Verdict before = spared.get(point.id());
    if (verdict.keep()) {
      boolean back = point.expiring() && !verdict.why().passing();
      return new Line(
          point, back ? Fate.BACK : point.expiring() ? Fate.EXPIRING : Fate.KEEP, verdict);
    }
    if (before != null) {
      String reason = "kept by the plan before it was changed: " + before.reason();
      return new Line(
          point,
          point.expiring() ? Fate.EXPIRING : Fate.WAIT,
          Verdict.keep(point, Verdict.Why.RULE, reason));
    }
    return new Line(point, point.expiring() ? Fate.EXPIRING : Fate.GO, verdict);
  }

  List<Line> with(Fate fate) {
    return lines.stream().filter(line -> line.fate() == fate).toList();
  }

  /**
   * Whether so many at once need a person's word.
   *
   * @param going to be let go now, or within the last day
   * @param all points of the asset that are not gone
   */
  static boolean isLarge(int going, int all) {
    return going > FEW && going * SHARE > all;
  }
}
