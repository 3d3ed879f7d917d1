package holdfast.incident;

import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which levels hear of an incident, when, and how. Pure. */
final class Matrix {

  /** Silences may follow one another; a plan in which they never end is not believed. */
  private static final int MOST_SILENCES = 50;

  private Matrix() {}

  /**
   * One level.
   *
   * @param contacts of a rotation, the person on call when the level is called
   * @param channels those that hear of such an incident; may be empty
   * @param reason why then, in words
   */
  record Step(
      int level,
      Instant due,
      List<String> channels,
      List<String> contacts,
      @Nullable String external,
      @Nullable Duration repeat,
      String reason) {

    Step through(List<String> others) {
      return new Step(level, due, others, contacts, external, repeat, reason);
    }

    Step dueAt(Instant moment) {
      return new Step(level, moment, channels, contacts, external, repeat, reason);
    }

    /** The level of the same number of another system, called with this one. */
    Step and(Step other) {
      return new Step(
          level,
          due,
          union(channels, other.channels),
          union(contacts, other.contacts),
          external == null ? other.external : external,
          repeat == null ? other.repeat : repeat,
          reason);
    }

    private static List<String> union(List<String> one, List<String> other) {
      return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }
  }

  /**
   * The levels that are for this incident, in order.
   *
   * @param now of a level that is due, whoever is on call by now is called
   */
  static List<Step> steps(Policy policy, Incident incident, Instant now) {
    TreeMap<Integer, Step> steps = new TreeMap<>();
    for (Policy one : policy.all()) {
      own(one, incident, now, level -> true)
          .forEach((level, step) -> steps.merge(level, step, Step::and));
    }
    return byAnotherRoad(inOrder(steps.values()), incident);
  }

  private static TreeMap<Integer, Step> own(
      Policy policy, Incident incident, Instant now, Predicate<EscalationLevel> which) {
    TreeMap<Integer, List<EscalationLevel>> levels = new TreeMap<>();
    for (EscalationLevel level : policy.levels()) {
      if (which.test(level) && isFor(incident, level, due(policy, incident, level))) {
        levels.computeIfAbsent(level.level(), number -> new ArrayList<>()).add(level);
      }
    }
    TreeMap<Integer, Step> steps = new TreeMap<>();
    levels.forEach((level, all) -> steps.put(level, step(policy, incident, all, now)));
    return steps;
  }

  private static boolean isFor(Incident incident, EscalationLevel level, Instant due) {
    return level.when().fits(incident.severity(), incident.situation(), incident.alarms(), due);
  }

  private static Instant due(Policy policy, Incident incident, EscalationLevel level) {
    Instant wanted = incident.clockFrom().plus(level.after());
    return heard(policy.duty(), incident.severity(), wanted)
        .map(Duty.Silence::until)
        .orElse(wanted);
  }

  /** Where levels of several systems stand side by side, none is due before a lower one. */
  private static List<Step> inOrder(Collection<Step> steps) {
    List<Step> ordered = new ArrayList<>();
    Instant before = Instant.MIN;
    for (Step step : steps) {
      before = step.due().isBefore(before) ? before : step.due();
      ordered.add(step.dueAt(before));
    }
    return List.copyOf(ordered);
  }

  /**
   * Whom the levels that were called by now would have called besides, had all been known.
   *
   * @param before the incident as it was, and its policy
   * @param after the same as they are
   */
  static List<Step> more(Known before, Known after, Instant now) {
    TreeMap<Integer, Step> steps = new TreeMap<>();
    for (Policy policy : after.policy().all()) {
      Set<EscalationLevel> known = before.levels(policy.source());
      own(
              policy,
              after.incident(),
              now,
              level -> level.level() <= after.incident().level() && !known.contains(level))
          .forEach((level, step) -> steps.merge(level, step, Step::and));
    }
    return byAnotherRoad(List.copyOf(steps.values()), after.incident());
  }

  /** An incident at some time, and the policy for it by then. */
  record Known(Policy policy, Incident incident) {

    /** The levels of one escalation that are for it. */
    private Set<EscalationLevel> levels(String source) {
      return policy.all().stream()
          .filter(one -> one.source().equals(source))
          .flatMap(
              one ->
                  one.levels().stream()
                      .filter(level -> isFor(incident, level, due(one, incident, level))))
          .collect(Collectors.toSet());
    }
  }

  /** A level left without a channel, because its only one is the trouble, uses the others. */
  private static List<Step> byAnotherRoad(List<Step> steps, Incident incident) {
    List<String> others =
        steps.stream().flatMap(step -> step.channels().stream()).distinct().toList();
    return incident.spared() == null
        ? steps
        : steps.stream()
            .map(step -> step.channels().isEmpty() ? step.through(others) : step)
            .toList();
  }

  private static Step step(
      Policy policy, Incident incident, List<EscalationLevel> branches, Instant now) {
    EscalationLevel first = branches.get(0);
    Instant wanted = incident.clockFrom().plus(first.after());
    Duty.@Nullable Silence silence = heard(policy.duty(), incident.severity(), wanted).orElse(null);
    Instant due = silence == null ? wanted : silence.until();
    Instant called = due.isBefore(now) ? now : due;
    Set<String> contacts = new LinkedHashSet<>();
    Set<String> channels = new LinkedHashSet<>();
    for (EscalationLevel branch : branches) {
      branch.contacts().forEach(name -> contacts.add(OnCall.person(policy.duty(), name, called)));
      branch.channels().stream()
          .flatMap(
              channel ->
                  channel.equals(incident.spared()) ? policy.instead(channel) : Stream.of(channel))
          .filter(channel -> policy.hears(channel, incident.severity()))
          .forEach(channels::add);
    }
    return new Step(
        first.level(),
        due,
        List.copyOf(channels),
        List.copyOf(contacts),
        first(branches, EscalationLevel::external),
        first(branches, EscalationLevel::repeat),
        reason(policy, first, silence));
  }

  /** The silence that holds a call back, its end being when people are called; empty if none. */
  static Optional<Duty.Silence> heard(Duty duty, Severity severity, Instant wanted) {
    Optional<Duty.Silence> last = Optional.empty();
    Instant at = wanted;
    for (int i = 0; i < MOST_SILENCES; i++) {
      Optional<Duty.Silence> silence = duty.silence(severity, at);
      if (silence.isEmpty()) {
        return last;
      }
      last = silence;
      at = silence.get().until();
    }
    return Optional.empty();
  }

  private static <T> @Nullable T first(
      List<EscalationLevel> branches, Function<EscalationLevel, @Nullable T> field) {
    for (EscalationLevel branch : branches) {
      T value = field.apply(branch);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static String reason(
      Policy policy, EscalationLevel level, Duty.@Nullable Silence silence) {
    String after =
        level.after().isZero() ? "At once" : Sentences.span(level.after()) + " after it began";
    String held = silence == null ? "" : ", held back by " + silence.why();
    return "%s%s, by %s.".formatted(after, held, policy.source());
  }
}
