package holdfast.incident;

import holdfast.incident.TimelineEntry.Kind;
import holdfast.journal.Audit;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Duty;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks over the shoulder of the clock. It does not ask the timers but works out from the
 * incidents, the plan and the timeline what should have been told by now; what is overdue is told
 * to health and metrics, and its timer is set again.
 */
public final class Auditor {

  /** How late anything may be before it counts as overdue. */
  static final Duration GRACE = Duration.ofSeconds(60);

  /** How long a critical incident may be open before a message must have got through. */
  static final Duration UNHEARD = Duration.ofMinutes(2);

  /** The same of one that is high, where the plan calls somebody for it. */
  static final Duration UNHEARD_HIGH = Duration.ofMinutes(10);

  /** For how long a delivery is known as one that was taken; no sender repeats one for longer. */
  private static final Duration MEMORY = Duration.ofDays(30);

  /** Without a look for this long, nobody knows whether calls are overdue. */
  private static final Duration BLIND = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);

  private final Desk desk;
  private final InstantSource clock;
  private volatile List<Overdue> overdue = List.of();
  private volatile List<String> unheard = List.of();
  private volatile long lookedAt = System.nanoTime();

  public Auditor(
      Transaction journal, Audit audit, Outbox outbox, Plans plans, InstantSource clock) {
    this.desk = Desk.of(journal, audit, outbox, plans);
    this.clock = clock;
  }

  /**
   * Something that should have happened.
   *
   * @param what in a few words
   */
  public record Overdue(String incident, String what, Instant due) {}

  /** Looks at every incident that is not over, and mends what is stuck; what was overdue. */
  public List<Overdue> look() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Overdue> found = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (Incident incident : desk.journal().in(() -> desk.rows().active())) {
      try {
        look(incident, now, found, silent);
      } catch (RuntimeException e) { // one incident must not hide the others
        LOG.error("Incident {} cannot be looked at", incident.id(), e);
        found.add(new Overdue(incident.id(), "a look at it that fails", now));
      }
    }
    desk.journal().run(() -> desk.signals().forget(now, MEMORY));
    overdue = List.copyOf(found);
    unheard = List.copyOf(silent);
    lookedAt = System.nanoTime();
    return overdue;
  }

  private void look(Incident incident, Instant now, List<Overdue> found, List<String> silent) {
    Optional<Overdue> late = due(incident).filter(one -> one.due().isBefore(now.minus(GRACE)));
    late.ifPresent(found::add);
    late.ifPresent(one -> repair(one, now));
    if (isUnheard(incident, now)) {
      silent.add(incident.id());
    }
  }

  /**
   * Whether nothing was looked at for so long that nobody knows whether calls are overdue, as this
   * machine counts and whatever its clock says.
   */
  public boolean blind() {
    return Duration.ofNanos(System.nanoTime() - lookedAt).compareTo(BLIND) > 0;
  }

  /** What the newest look found overdue. */
  public List<Overdue> overdue() {
    return overdue;
  }

  /** Ids of critical and high incidents that nobody acknowledged and no channel has delivered. */
  public List<String> unheard() {
    return unheard;
  }

  /** What should happen to the incident next, by its plan and its timeline. */
  private Optional<Overdue> due(Incident incident) {
    List<TimelineEntry> timeline = desk.journal().in(() -> desk.timeline().of(incident.id()));
    return incident.state() == Incident.State.OPEN
        ? call(incident, timeline)
        : reminder(incident, timeline);
  }

  private Optional<Overdue> call(Incident incident, List<TimelineEntry> timeline) {
    Policy policy = desk.climb().policy(incident);
    List<Matrix.Step> steps = Matrix.steps(policy, incident, Instant.MIN);
    Map<Integer, Instant> told = Levels.told(timeline, incident);
    int level = told.keySet().stream().max(Integer::compare).orElse(0);
    Instant last = last(timeline, incident.clockFrom(), Kind.TOLD, Kind.REPEATED);
    Instant repeat = Climb.repeatAt(policy, steps, incident, level, last);
    Optional<Overdue> next =
        steps.stream()
            .filter(step -> step.level() > level)
            .findFirst()
            .map(step -> new Overdue(incident.id(), "level " + step.level(), step.due()));
    if (repeat == null || next.filter(one -> one.due().isBefore(repeat)).isPresent()) {
      return next;
    }
    return Optional.of(new Overdue(incident.id(), "level " + level + " again", repeat));
  }

  private Optional<Overdue> reminder(Incident incident, List<TimelineEntry> timeline) {
    Duty.Updates updates = desk.climb().policy(incident).duty().updates();
    Instant since = incident.acknowledgedAt();
    if (updates == null || since == null) {
      return Optional.empty();
    }
    List<TimelineEntry> reminders =
        timeline.stream().filter(entry -> entry.actor().equals(Incident.HOLDFAST)).toList();
    Instant last = last(reminders, since, Kind.UPDATED);
    Instant due = (last == null ? since : last).plus(updates.every());
    return Optional.of(new Overdue(incident.id(), "reminder", due));
  }

  private static @Nullable Instant last(
      List<TimelineEntry> timeline, Instant since, Kind... kinds) {
    return timeline.stream()
        .filter(entry -> List.of(kinds).contains(entry.kind()))
        .map(TimelineEntry::at)
        .filter(at -> !at.isBefore(since))
        .max(Instant::compareTo)
        .orElse(null);
  }

  /** Sets the timer again where it is not there, or is set for later than it should be. */
  private void repair(Overdue one, Instant now) {
    LOG.error("Overdue since {}: {} of incident {}", one.due(), one.what(), one.incident());
    desk.journal()
        .run(
            () -> {
              Incident incident = desk.rows().lock(one.incident()).orElseThrow();
              Timers.Kind kind =
                  incident.state() == Incident.State.OPEN
                      ? Timers.Kind.ESCALATE
                      : Timers.Kind.UPDATE;
              Instant set = desk.timers().of(incident.id()).get(kind);
              if (incident.active() && (set == null || set.isAfter(now))) {
                desk.timers().set(incident.id(), kind, now);
                desk.chronicle()
                    .add(
                        incident.id(),
                        now,
                        Kind.REPAIRED,
                        Incident.HOLDFAST,
                        "The clock stood still: %s was due at %s."
                            .formatted(one.what(), Sentences.time(one.due())));
              }
            });
  }

  private boolean isUnheard(Incident incident, Instant now) {
    return incident.state() == Incident.State.OPEN
        && firstCall(incident)
            .filter(call -> call.plus(patience(incident)).isBefore(now))
            .isPresent()
        && !desk.teller().gotThrough(incident);
  }

  private static Duration patience(Incident incident) {
    return incident.severity() == Severity.CRITICAL ? UNHEARD : UNHEARD_HIGH;
  }

  /** Where nobody is to be called for what is critical, somebody should have been at once. */
  private Optional<Instant> firstCall(Incident incident) {
    if (!incident.severity().atLeast(Severity.HIGH)) {
      return Optional.empty();
    }
    boolean critical = incident.severity() == Severity.CRITICAL;
    return Matrix.steps(desk.climb().policy(incident), incident, Instant.MIN).stream()
        .filter(step -> critical || desk.teller().wakes(step.channels()))
        .map(Matrix.Step::due)
        .findFirst()
        .or(() -> Optional.of(incident.clockFrom()).filter(from -> critical));
  }
}
