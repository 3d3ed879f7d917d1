package holdfast.incident;

import holdfast.incident.TimelineEntry.Kind;
import holdfast.journal.Outbox;
import holdfast.plan.Duty;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The course of an incident: opened, acknowledged, resolved, opened again. Each call within a
 * transaction that has locked its row, or made it.
 */
final class Course {

  /** How long all signals must stay clear before an incident ends by itself. */
  static final Duration SETTLE = Duration.ofMinutes(5);

  /** For how long after its end a trouble that comes back opens the same incident again. */
  static final Duration REOPEN = Duration.ofHours(1);

  /** Between two messages that more belongs to an incident that somebody deals with. */
  static final Duration NEWS = Duration.ofMinutes(5);

  /** Each time it came back doubles the wait, up to this many times. */
  private static final int MOST_DOUBLED = 4;

  /** What is no news any more when it is over, though it did not get through. */
  private static final List<String> PROGRESS =
      List.of(Notice.Type.ACKNOWLEDGED.name(), Notice.Type.UPDATED.name());

  private final IncidentRows rows;
  private final SignalRows signals;
  private final Timers timers;
  private final Chronicle chronicle;
  private final Climb climb;
  private final Outbox outbox;

  Course(
      IncidentRows rows,
      SignalRows signals,
      Timers timers,
      Chronicle chronicle,
      Climb climb,
      Outbox outbox) {
    this.rows = rows;
    this.signals = signals;
    this.timers = timers;
    this.chronicle = chronicle;
    this.climb = climb;
    this.outbox = outbox;
  }

  /** Writes a new incident; {@link #call} follows once its signals are written too. */
  void open(Incident incident, String why) {
    rows.insert(incident);
    chronicle.add(incident.id(), incident.openedAt(), Kind.OPENED, incident.openedBy(), why);
  }

  /** Calls whoever is to be called at once, and starts the clock. */
  void call(Incident incident, Instant now) {
    climb.climb(incident, now);
  }

  /**
   * It is worse than it was, by the trouble that {@code title} names. Whoever acknowledged did so
   * for what it was: people are called anew.
   */
  void raise(Incident incident, Severity was, String title, Instant now) {
    String sentence =
        "It became %s; it was %s. New: %s"
            .formatted(incident.severity().words(), was.words(), title);
    chronicle.add(incident.id(), now, Kind.RAISED, Incident.HOLDFAST, sentence);
    if (incident.state() == Incident.State.ACKNOWLEDGED) {
      timers.clear(incident.id(), Timers.Kind.UPDATE);
      climb.notify(incident, Notice.Type.UPDATED, sentence, now);
      climb.raised(rows.unacknowledged(incident.id(), now), sentence, now);
    } else {
      climb.raised(incident, sentence, now);
    }
  }

  /** Somebody deals with it, and hears that it grew; not of each of many troubles. */
  void joined(Incident before, Incident incident, String title, Instant now) {
    String sentence = "Belongs to it too: " + title;
    Set<String> called = climb.widened(before, incident, sentence, now);
    Instant told = incident.toldAt();
    boolean deals = incident.state() == Incident.State.ACKNOWLEDGED;
    if (deals && (told == null || !told.isAfter(now.minus(NEWS)))) {
      rows.told(incident.id(), incident.level(), now);
      climb.notify(incident, Notice.Type.UPDATED, sentence, called, now);
    }
  }

  void acknowledge(Incident incident, String actor, String via, Instant now) {
    outbox.withdraw(incident.id());
    timers.clear(incident.id(), Timers.Kind.ESCALATE);
    rows.acknowledged(incident.id(), actor, via, now);
    Incident known = rows.find(incident.id()).orElseThrow();
    remindLater(known, now);
    String sentence = Sentences.acknowledged(actor);
    chronicle.add(incident.id(), now, Kind.ACKNOWLEDGED, actor, "%s (%s)".formatted(sentence, via));
    climb.notify(known, Notice.Type.ACKNOWLEDGED, sentence, now);
  }

  /** Sets the clock for the next reminder, where the plan wants any. */
  private void remindLater(Incident incident, Instant now) {
    Duty.Updates updates = climb.policy(incident).duty().updates();
    timers.set(
        incident.id(), Timers.Kind.UPDATE, updates == null ? null : now.plus(updates.every()));
  }

  /** Reminds of an acknowledged incident. */
  void remind(Incident incident, Instant now) {
    Duty.Updates updates = climb.policy(incident).duty().updates();
    if (incident.state() != Incident.State.ACKNOWLEDGED || updates == null) {
      timers.clear(incident.id(), Timers.Kind.UPDATE);
      return;
    }
    String sentence = Sentences.reminder(incident, now);
    if (updates.channels().isEmpty()) {
      climb.notify(incident, Notice.Type.UPDATED, sentence, now);
    } else {
      climb.notify(hearing(updates, incident), incident, Notice.Type.UPDATED, sentence, now);
    }
    chronicle.add(incident.id(), now, Kind.UPDATED, Incident.HOLDFAST, sentence);
    remindLater(incident, now);
  }

  /** A reminder is no reason to tell a channel what it does not hear of otherwise. */
  private List<String> hearing(Duty.Updates updates, Incident incident) {
    Policy policy = climb.policy(incident);
    return updates.channels().stream()
        .filter(channel -> !channel.equals(incident.spared()))
        .filter(channel -> policy.hears(channel, incident.severity()))
        .toList();
  }

  void resolve(Incident incident, String actor, String reason, Instant now) {
    outbox.withdraw(incident.id());
    outbox.withdraw(incident.id(), PROGRESS);
    timers.clear(incident.id());
    signals.clear(incident.id(), now);
    rows.resolved(incident.id(), actor, reason, now);
    chronicle.add(incident.id(), now, Kind.RESOLVED, actor, reason);
    String sentence =
        "Over after %s: %s"
            .formatted(Sentences.span(Duration.between(incident.openedAt(), now)), reason);
    climb.notify(rows.find(incident.id()).orElseThrow(), Notice.Type.RESOLVED, sentence, now);
  }

  /** Opens it again; {@link #call} follows. */
  Incident reopen(String incident, String actor, String why, Instant now) {
    outbox.withdraw(incident, PROGRESS);
    outbox.withdraw(incident, List.of(Notice.Type.RESOLVED.name()));
    timers.clear(incident);
    Incident open = rows.reopened(incident, now);
    chronicle.add(incident, now, Kind.REOPENED, actor, why);
    return open;
  }

  /** All its signals are clear: it ends if they stay so. */
  void clear(Incident incident, boolean worthSaying, Instant now) {
    Instant due = now.plus(settle(incident));
    timers.set(incident.id(), Timers.Kind.SETTLE, due);
    if (worthSaying) {
      chronicle.note(
          incident.id(),
          now,
          Kind.CLEAR,
          "All its signals are clear; it ends at %s unless one comes back."
              .formatted(Sentences.time(due)));
    }
  }

  /** How long signals of this incident must stay clear: longer each time it came back. */
  static Duration settle(Incident incident) {
    return SETTLE.multipliedBy(1L << Math.min(incident.reopened(), MOST_DOUBLED));
  }

  void back(Incident incident) {
    timers.clear(incident.id(), Timers.Kind.SETTLE);
  }

  /** Ends an incident whose signals stayed clear. */
  void settle(Incident incident, Instant now) {
    timers.clear(incident.id(), Timers.Kind.SETTLE);
    boolean over =
        incident.active() && !incident.byHand() && signals.firing(List.of(incident.id())).isEmpty();
    if (over) {
      resolve(
          incident,
          Incident.HOLDFAST,
          "All its signals have been clear for %s.".formatted(Sentences.span(settle(incident))),
          now);
    }
  }
}
