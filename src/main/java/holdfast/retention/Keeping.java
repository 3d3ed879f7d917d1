package holdfast.retention;

import holdfast.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which points of an asset are kept, and says of each why. Pure.
 *
 * <p>The rules of the plan are asked several times, and what any answer keeps is kept: of the
 * proven points and of the good ones whose size can be believed, so that a flood of others
 * displaces none of them; of all good points, so that none goes because its size is unusual; and of
 * all points, so that a damaged one goes no sooner than it would whole. Ages are measured from the
 * newest good point and not from the clock, so nothing goes because backups fail.
 */
public final class Keeping {

  /** A clock further ahead than this of all that is known is not believed. */
  public static final Duration AHEAD = Duration.ofHours(48);

  private static final Comparator<Known> NEWEST_FIRST =
      Comparator.comparing(Known::at).thenComparing(Known::id).reversed();

  private final History history;
  private final Retention policy;
  private final List<Known> points;
  private final List<Known> good;
  private final List<Known> sound;
  private final Map<String, Verdict> kept = new HashMap<>();

  private Keeping(History history, Retention policy) {
    this.history = history;
    this.policy = policy;
    this.points = history.points().stream().sorted(NEWEST_FIRST).toList();
    this.good = points.stream().filter(this::counts).toList();
    Norms norms = new Norms(good, policy.zone());
    this.sound = good.stream().filter(norms::fit).toList();
  }

  /** A point of the future was made by a clock that was wrong: it displaces nothing. */
  private boolean counts(Known point) {
    return point.good() && !point.at().isAfter(history.now());
  }

  /** A verdict on every point, newest first. */
  public static List<Verdict> decide(History history, Retention policy) {
    Keeping keeping = new Keeping(history, policy);
    Duration ahead = Duration.between(history.newestKnown(), history.now());
    if (ahead.compareTo(AHEAD) > 0) {
      String reason =
          "the clock is %d days ahead of the newest time known, so nothing is removed"
              .formatted(ahead.toDays());
      return keeping.points.stream()
          .map(point -> Verdict.keep(point, Verdict.Why.CLOCK, reason))
          .toList();
    }
    keeping.weigh();
    return keeping.points.stream().map(keeping::verdict).toList();
  }

  /** What lasts comes first: it is what undoes a removal that was begun. */
  private void weigh() {
    points.forEach(this::held);
    newest(sound, Known::proven, Verdict.Why.NEWEST_PROVEN, "newest proven point");
    newest(good, Known::proven, Verdict.Why.NEWEST_PROVEN, "newest proven point");
    newest(sound, point -> true, Verdict.Why.NEWEST_GOOD, "newest good point");
    newest(good, point -> true, Verdict.Why.NEWEST_GOOD, "newest good point");
    Optional<Instant> reference = reference();
    if (reference.isEmpty()) {
      points.forEach(
          point -> keep(point, Verdict.Why.NO_GOOD, "no point is good, so none is let go"));
      return;
    }
    young(reference.get());
    rules(reference.get());
    parents();
    points.forEach(this::hindered);
    parents();
  }

  private void keep(Known point, Verdict.Why why, String reason) {
    kept.putIfAbsent(point.id(), Verdict.keep(point, why, reason));
  }

  private void held(Known point) {
    for (Hold hold : point.holds()) {
      keep(
          point,
          Verdict.Why.HELD,
          "held by %s since %s: %s".formatted(hold.actor(), hold.since(), hold.reason()));
    }
  }

  private void hindered(Known point) {
    for (String reader : point.readers()) {
      keep(point, Verdict.Why.READ, "read now by " + reader);
    }
    point.locks().entrySet().stream()
        .filter(lock -> lock.getValue().isAfter(history.now()))
        .max(Map.Entry.comparingByValue())
        .ifPresent(lock -> keep(point, Verdict.Why.LOCKED, locked(lock)));
  }

  private static String locked(Map.Entry<String, Instant> lock) {
    return lock.getValue().equals(Instant.MAX)
        ? "under a legal hold of store " + lock.getKey()
        : "locked in store %s until %s".formatted(lock.getKey(), lock.getValue());
  }

  private void newest(List<Known> among, Predicate<Known> which, Verdict.Why why, String reason) {
    among.stream().filter(which).findFirst().ifPresent(point -> keep(point, why, reason));
  }

  /** The newest good point of a believable size, or else of any. */
  private Optional<Instant> reference() {
    return (sound.isEmpty() ? good : sound).stream().findFirst().map(Known::at);
  }

  private void young(Instant reference) {
    Instant since = reference.minus(policy.atLeast());
    String reason = "younger than the minimum of %d days".formatted(policy.atLeast().toDays());
    points.stream()
        .filter(point -> point.youngest().isAfter(since))
        .forEach(point -> keep(point, Verdict.Why.YOUNG, reason));
  }

  private void rules(Instant reference) {
    if (policy.saysNothing()) {
      points.forEach(point -> keep(point, Verdict.Why.RULE, "the plan names no rule"));
      return;
    }
    List<Known> proven = sound.stream().filter(Known::proven).toList();
    for (List<Known> among : List.of(proven, sound, good, points)) {
      Map<String, String> kept = Rules.kept(among, policy, reference);
      for (Known point : among) {
        if (kept.containsKey(point.id())) {
          keep(point, Verdict.Why.RULE, kept.get(point.id()));
        }
      }
    }
  }

  /** What a kept point needs is kept too, and for as long. */
  private void parents() {
    Map<String, Known> known = new HashMap<>();
    points.forEach(point -> known.put(point.id(), point));
    Deque<Known> open = new ArrayDeque<>();
    points.stream().filter(point -> kept.containsKey(point.id())).forEach(open::add);
    while (!open.isEmpty()) {
      Known child = open.remove();
      Verdict.Why why = kept.get(child.id()).why();
      for (String id : child.parents()) {
        Known parent = known.get(id);
        if (parent != null && !kept.containsKey(id)) {
          keep(parent, why.passing() ? why : Verdict.Why.PARENT, "parent of " + child.id());
          open.add(parent);
        }
      }
    }
  }

  private Verdict verdict(Known point) {
    return kept.getOrDefault(
        point.id(), Verdict.remove(point, "no rule keeps it: " + policy.words()));
  }
}
