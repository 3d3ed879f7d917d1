package holdfast.incident;

import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    Step dueAt(Instant moment) {
      return new Step(level, moment, channels, contacts, external, repeat, reason);
    }
  }

  /** An entry of one system's escalation that is for the incident. */
  private record Call(Policy policy, EscalationLevel level, Duty.@Nullable Silence silence) {

    static Call of(Policy policy, EscalationLevel level, Incident incident) {
      Instant wanted = incident.clockFrom().plus(level.after());
      Duty.Silence silence = heard(policy.duty(), incident.severity(), wanted).orElse(null);
      return new Call(policy, level, silence);
    }

    Instant due(Incident incident) {
      return silence == null ? incident.clockFrom().plus(level.after()) : silence.until();
    }

    boolean isFor(Incident incident) {
      return level
          .when()
          .fits(incident.severity(), incident.situation(), incident.alarms(), due(incident));
    }

    boolean isSame(Call other) {
      return policy.source().equals(other.policy.source()) && level.equals(other.level);
    }

    /** Who is called then; of another system than the incident's, each stands behind its own. */
    Stream<String> people(Incident incident, Instant at) {
      boolean own = Objects.equals(policy.system(), incident.system());
      return level.contacts().stream()
          .map(name -> OnCall.person(policy.duty(), name, at))
          .map(name -> own ? name : policy.system() + "/" + name);
    }

    Stream<String> ways(Incident incident) {
      return level.channels().stream()
          .flatMap(
              channel ->
                  channel.equals(incident.spared()) ? policy.instead(channel) : Stream.of(channel))
          .filter(channel -> policy.hears(channel, incident.severity()));
    }

    String reason() {
      String after =
          level.after().isZero() ? "At once" : Sentences.span(level.after()) + " after it began";
      String held = silence == null ? "" : ", held back by " + silence.why();
      return "%s%s, by %s.".formatted(after, held, policy.source());
    }
  }

  /**
   * The levels that are for this incident, in order.
   *
   * @param now of a level that is due, whoever is on call by now is called
   */
  static List<Step> steps(Policy policy, Incident incident, Instant now) {
    return byAnotherRoad(inOrder(steps(calls(policy, incident), incident, now)), incident);
  }

  private static List<Call> calls(Policy policy, Incident incident) {
    return policy.all().stream()
        .flatMap(one -> one.levels().stream().map(level -> Call.of(one, level, incident)))
        .filter(call -> call.isFor(incident))
        .toList();
  }

  private static List<Step> steps(List<Call> calls, Incident incident, Instant now) {
    TreeMap<Integer, List<Call>> levels = new TreeMap<>();
    for (Call call : calls) {
      levels.computeIfAbsent(call.level().level(), number -> new ArrayList<>()).add(call);
    }
    return levels.values().stream().map(level -> step(level, incident, now)).toList();
  }

  /**
   * One level, with whatever other systems call by the same number: as soon as the first of them is
   * due, since one system's silence is not another's.
   */
  private static Step step(List<Call> calls, Incident incident, Instant now) {
    Call first = calls.stream().min(Comparator.comparing(call -> call.due(incident))).orElseThrow();
    Instant due = first.due(incident);
    Instant called = due.isBefore(now) ? now : due;
    return new Step(
        first.level().level(),
        due,
        calls.stream().flatMap(call -> call.ways(incident)).distinct().toList(),
        calls.stream().flatMap(call -> call.people(incident, called)).distinct().toList(),
        first(calls, EscalationLevel::external),
        first(calls, EscalationLevel::repeat),
        first.reason());
  }

  /**
   * Where levels of several systems stand side by side, none is due after a higher one: it is
   * called with that one, rather than never.
   */
  private static List<Step> inOrder(List<Step> steps) {
    ArrayDeque<Step> ordered = new ArrayDeque<>();
    Instant after = Instant.MAX;
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      after = step.due().isAfter(after) ? after : step.due();
      ordered.addFirst(step.dueAt(after));
    }
    return List.copyOf(ordered);
  }

  /**
   * Whom the levels that were called by now would have called besides, had all been known. The
   * first level counts as called for what somebody has acknowledged, whoever did hear of it.
   *
   * @param before the incident as it was, and its policy
   * @param after the same as they are
   */
  static List<Step> more(Known before, Known after, Instant now) {
    Incident incident = after.incident();
    int called = incident.state() == Incident.State.OPEN ? 0 : 1;
    int level = Math.max(called, incident.level());
    List<Call> known = calls(before.policy(), before.incident());
    List<Call> fresh =
        calls(after.policy(), incident).stream()
            .filter(call -> call.level().level() <= level)
            .filter(call -> known.stream().noneMatch(call::isSame))
            .toList();
    return byAnotherRoad(steps(fresh, incident, now), incident);
  }

  /** An incident at some time, and the policy for it by then. */
  record Known(Policy policy, Incident incident) {}

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
      List<Call> calls, Function<EscalationLevel, @Nullable T> field) {
    for (Call call : calls) {
      T value = field.apply(call.level());
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
