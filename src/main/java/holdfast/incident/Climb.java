package holdfast.incident;

import holdfast.incident.TimelineEntry.Kind;
import holdfast.plan.Duty;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the levels of an incident; each call within a transaction that has locked its row. */
final class Climb {

  private final Plans plans;
  private final IncidentRows rows;
  private final Timers timers;
  private final Chronicle chronicle;
  private final Notices notices;
  private final Teller teller;

  Climb(
      Plans plans,
      IncidentRows rows,
      Timers timers,
      Chronicle chronicle,
      Notices notices,
      Teller teller) {
    this.plans = plans;
    this.rows = rows;
    this.timers = timers;
    this.chronicle = chronicle;
    this.notices = notices;
    this.teller = teller;
  }

  Policy policy(Incident incident) {
    return Policy.of(plans, incident);
  }

  /** Calls whatever is due, once, and sets the clock to what comes next. */
  void climb(Incident incident, Instant now) {
    if (incident.state() != Incident.State.OPEN) {
      timers.clear(incident.id(), Timers.Kind.ESCALATE);
      return;
    }
    Policy policy = policy(incident);
    List<Matrix.Step> steps = Matrix.steps(policy, incident, now);
    List<Matrix.Step> due = due(steps, incident, now);
    int level = incident.level();
    Instant toldAt = incident.toldAt();
    if (!due.isEmpty()) {
      level = due.get(due.size() - 1).level();
      toldAt = now;
      call(incident, due, next(policy, steps, incident, level, null), now);
    } else if (isRepeatDue(policy, steps, incident, now)) {
      toldAt = now;
      repeat(incident, steps, next(policy, steps, incident, level, null), now);
    }
    timers.set(incident.id(), Timers.Kind.ESCALATE, next(policy, steps, incident, level, toldAt));
  }

  /** The levels that should have been called by now and were not. */
  static List<Matrix.Step> due(List<Matrix.Step> steps, Incident incident, Instant now) {
    return steps.stream()
        .filter(step -> step.level() > incident.level() && !step.due().isAfter(now))
        .toList();
  }

  private void call(Incident incident, List<Matrix.Step> due, @Nullable Instant next, Instant now) {
    Notice.Type type =
        incident.level() > 0
            ? Notice.Type.ESCALATED
            : incident.reopened() > 0 ? Notice.Type.REOPENED : Notice.Type.OPENED;
    tell(incident, type, due, Sentences.called(incident, due, now), next, now);
    rows.told(incident.id(), due.get(due.size() - 1).level(), now);
    for (Matrix.Step step : due) {
      chronicle.add(incident.id(), now, Kind.TOLD, Incident.HOLDFAST, words(step), step.level());
    }
  }

  private static String words(Matrix.Step step) {
    String who =
        Stream.of(
                step.contacts(),
                step.external() == null ? List.<String>of() : List.of(step.external()))
            .flatMap(List::stream)
            .collect(Collectors.joining(", "));
    return "Level %d%s through %s. %s"
        .formatted(
            step.level(),
            who.isEmpty() ? "" : ", " + who + ",",
            step.channels().isEmpty() ? "no channel at all" : String.join(", ", step.channels()),
            step.reason());
  }

  private void repeat(
      Incident incident, List<Matrix.Step> steps, @Nullable Instant next, Instant now) {
    Matrix.Step step = reached(steps, incident.level()).orElseThrow();
    String sentence = Sentences.repeated(incident, now);
    tell(incident, Notice.Type.REPEATED, List.of(step), sentence, next, now);
    rows.told(incident.id(), incident.level(), now);
    chronicle.add(incident.id(), now, Kind.REPEATED, Incident.HOLDFAST, sentence, incident.level());
  }

  /** Tells everybody who is due by now that it became worse. */
  void raised(Incident incident, String sentence, Instant now) {
    Policy policy = policy(incident);
    List<Matrix.Step> steps = Matrix.steps(policy, incident, now);
    List<Matrix.Step> due =
        steps.stream()
            .filter(step -> step.level() <= incident.level() || !step.due().isAfter(now))
            .toList();
    if (!due.isEmpty()) {
      int level = Math.max(incident.level(), due.get(due.size() - 1).level());
      Instant next = next(policy, steps, incident, level, null);
      Notice.Type type = incident.level() == 0 ? Notice.Type.OPENED : Notice.Type.ESCALATED;
      tell(incident, type, due, sentence, next, now);
      rows.told(incident.id(), level, now);
      for (Matrix.Step step : due) {
        chronicle.add(incident.id(), now, Kind.TOLD, Incident.HOLDFAST, words(step), step.level());
      }
      timers.set(incident.id(), Timers.Kind.ESCALATE, next(policy, steps, incident, level, now));
    } else {
      timers.set(
          incident.id(),
          Timers.Kind.ESCALATE,
          next(policy, steps, incident, incident.level(), incident.toldAt()));
    }
  }

  /**
   * It is wider than it was: whoever would have been called for that by now, and was not, is
   * called, even where somebody else deals with what it was.
   *
   * @return the channels through which they are
   */
  Set<String> widened(Incident before, Incident incident, String sentence, Instant now) {
    if (incident.alarms().equals(before.alarms()) && incident.systems().equals(before.systems())) {
      return Set.of();
    }
    List<Matrix.Step> more =
        Matrix.more(
            new Matrix.Known(policy(before), before),
            new Matrix.Known(policy(incident), incident),
            now);
    if (!more.isEmpty()) {
      tell(incident, Notice.Type.ESCALATED, more, sentence, null, now);
      for (Matrix.Step step : more) {
        chronicle.add(incident.id(), now, Kind.TOLD, Incident.HOLDFAST, words(step), step.level());
      }
    }
    if (incident.state() == Incident.State.OPEN) { // a level that was for nobody may be due by now
      climb(incident, now);
    }
    return more.stream().flatMap(step -> step.channels().stream()).collect(Collectors.toSet());
  }

  /** Tells those who heard of the incident what has become of it. */
  void notify(Incident incident, Notice.Type type, String sentence, Instant now) {
    notify(incident, type, sentence, Set.of(), now);
  }

  /** The same but for those who hear of it at this moment anyway. */
  void notify(
      Incident incident, Notice.Type type, String sentence, Set<String> except, Instant now) {
    Policy policy = policy(incident);
    List<String> channels =
        teller.heard(incident.id()).stream()
            .filter(channel -> policy.channels().containsKey(channel) && !except.contains(channel))
            .toList();
    notify(channels, incident, type, sentence, now);
  }

  void notify(
      List<String> channels, Incident incident, Notice.Type type, String sentence, Instant now) {
    for (String channel : channels) {
      List<String> called = teller.called(incident.id(), channel);
      teller.tell(List.of(channel), notices.of(type, incident, sentence, called, null, null, now));
    }
  }

  private void tell(
      Incident incident,
      Notice.Type type,
      List<Matrix.Step> steps,
      String sentence,
      @Nullable Instant next,
      Instant now) {
    Set<String> channels = new LinkedHashSet<>();
    Set<String> contacts = new LinkedHashSet<>();
    steps.forEach(step -> channels.addAll(step.channels()));
    steps.forEach(step -> contacts.addAll(step.contacts()));
    Matrix.Step last = steps.get(steps.size() - 1);
    teller.tell(
        channels, notices.of(type, incident, sentence, List.copyOf(contacts), last, next, now));
  }

  private boolean isRepeatDue(
      Policy policy, List<Matrix.Step> steps, Incident incident, Instant now) {
    Instant repeat = repeatAt(policy, steps, incident, incident.level(), incident.toldAt());
    return repeat != null && !repeat.isAfter(now);
  }

  /** When somebody is called next: by the next level, or again by the one reached. */
  private static @Nullable Instant next(
      Policy policy,
      List<Matrix.Step> steps,
      Incident incident,
      int level,
      @Nullable Instant toldAt) {
    Instant climb =
        steps.stream()
            .filter(step -> step.level() > level)
            .findFirst()
            .map(Matrix.Step::due)
            .orElse(null);
    Instant repeat = repeatAt(policy, steps, incident, level, toldAt);
    return repeat == null || (climb != null && climb.isBefore(repeat)) ? climb : repeat;
  }

  static @Nullable Instant repeatAt(
      Policy policy,
      List<Matrix.Step> steps,
      Incident incident,
      int level,
      @Nullable Instant toldAt) {
    Duration every = reached(steps, level).map(Matrix.Step::repeat).orElse(null);
    if (every == null || toldAt == null) {
      return null;
    }
    Instant wanted = toldAt.plus(every);
    return Matrix.heard(policy.duty(), incident.severity(), wanted)
        .map(Duty.Silence::until)
        .orElse(wanted);
  }

  private static Optional<Matrix.Step> reached(List<Matrix.Step> steps, int level) {
    return steps.stream().filter(step -> step.level() <= level).reduce((lower, higher) -> higher);
  }
}
