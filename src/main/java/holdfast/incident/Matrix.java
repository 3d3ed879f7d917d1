package holdfast.incident;

import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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
  }

  /**
   * The levels that are for this incident, in order.
   *
   * @param now of a level that is due, whoever is on call by now is called
   */
  static List<Step> steps(Policy policy, Incident incident, Instant now) {
    TreeMap<Integer, List<EscalationLevel>> levels = new TreeMap<>();
    for (EscalationLevel level : policy.levels()) {
      if (level.when().fits(incident.severity(), incident.situation())) {
        levels.computeIfAbsent(level.level(), number -> new ArrayList<>()).add(level);
      }
    }
    return byAnotherRoad(
        levels.values().stream().map(branches -> step(policy, incident, branches, now)).toList(),
        incident);
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
    Duty.Silence silence = heard(policy.duty(), incident.severity(), wanted).orElse(null);
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
