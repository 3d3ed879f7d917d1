package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.alarm.TestEvent;
import holdfast.incident.TimelineEntry.Kind;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.Outbox;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.plan.SystemPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, and who deals with it. Every change is one transaction with its audit entry and
 * its messages, and joins the caller's; a caller locks rows of its own before, and writes to the
 * audit only after.
 */
public final class Incidents {

  private final Plans plans;
  private final Desk desk;
  private final TestMessages tests;
  private final Ids ids;
  private final InstantSource clock;

  public Incidents(
      Transaction journal, Audit audit, Outbox outbox, Ids ids, Plans plans, InstantSource clock) {
    this.plans = plans;
    this.desk = Desk.of(journal, audit, outbox, plans);
    this.tests = new TestMessages(journal, outbox, plans);
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Takes alarms: opens incidents, adds to those that are there, and notes which troubles are over.
   * A part of a receipt counts once, however often it is handed in; among the events of one
   * fingerprint the newest counts, by its own time, whatever the order of arrival. A test of ours
   * opens nothing and becomes the messages that it is there to send.
   */
  public Taken take(List<Alarm> alarms) {
    return alarms.isEmpty()
        ? Taken.NOTHING
        : desk.journal()
            .in(
                () -> {
                  Taken taken = new Intake(desk, ids, now()).take(alarms(alarms, false));
                  alarms(alarms, true).forEach(test -> tests.tell(test, now()));
                  return taken;
                });
  }

  private static List<Alarm> alarms(List<Alarm> all, boolean tests) {
    return all.stream().filter(one -> one.kind().equals(TestEvent.KIND) == tests).toList();
  }

  /**
   * Opens an incident by hand; its id. Only a person ends it.
   *
   * @throws RunException INVALID when the plan has no such system
   */
  public String open(Opening opening) {
    requireKnown(opening.system());
    return desk.journal()
        .in(
            () -> {
              desk.lock();
              Instant now = now();
              Incident incident = Openings.of(ids.next(), opening, now);
              desk.course().open(incident, opening.title());
              desk.course().call(incident, now);
              return incident.id();
            });
  }

  /**
   * Somebody deals with it: nobody is called any more, and calls that wait to be sent are taken
   * back. False when somebody did before.
   *
   * @param via such as {@code page}, {@code api} or {@code slack}
   * @throws RunException INVALID when there is none of that id, REFUSED when it is over
   */
  public boolean acknowledge(String id, String actor, String via) {
    return desk.journal()
        .in(
            () -> {
              Incident incident = active(id);
              boolean first = incident.state() == Incident.State.OPEN;
              if (first) {
                desk.course().acknowledge(incident, actor, via, now());
              }
              return first;
            });
  }

  /**
   * It is over, also where its signals still fire: they then open it again only by events newer
   * than this.
   *
   * @throws RunException as {@link #acknowledge}
   */
  public void resolve(String id, String actor, String reason) {
    locked(id, true, incident -> desk.course().resolve(incident, actor, reason, now()));
  }

  /**
   * It is not over after all; people are called from the first level again.
   *
   * @throws RunException INVALID when there is none of that id, REFUSED when it is not over
   */
  public void reopen(String id, String actor, String reason) {
    locked(
        id,
        false,
        incident -> {
          if (incident.active()) {
            throw refused(id, "The incident %s is not over, so it cannot be opened again.");
          }
          Instant now = now();
          desk.course().call(desk.course().reopen(id, actor, reason, now), now);
        });
  }

  /** Adds a note to the timeline, also of one that is over. */
  public void note(String id, String actor, String text) {
    locked(id, false, incident -> desk.chronicle().add(id, now(), Kind.NOTE, actor, text));
  }

  /**
   * Says when it is expected to be over, and tells those who heard of it; null takes that back.
   *
   * @throws RunException as {@link #acknowledge}
   */
  public void estimate(String id, String actor, @Nullable Instant end) {
    locked(
        id,
        true,
        incident -> {
          Instant now = now();
          String sentence =
              end == null
                  ? "Nobody can say any more when it will be over."
                  : "It is expected to be over at %s.".formatted(Sentences.time(end));
          desk.rows().estimated(id, end);
          desk.chronicle().add(id, now, Kind.UPDATED, actor, sentence);
          desk.climb()
              .notify(desk.rows().find(id).orElseThrow(), Notice.Type.UPDATED, sentence, now);
        });
  }

  public Optional<Incident> find(String id) {
    return desk.journal().in(() -> desk.rows().find(id));
  }

  /** Those that are not over: the open ones first, then the newest. */
  public List<Incident> open() {
    return desk.journal().in(() -> desk.rows().active());
  }

  /** The open ones first, then the acknowledged, then the others; each newest first. */
  public List<Incident> recent(int limit) {
    return desk.journal().in(() -> desk.rows().recent(limit));
  }

  /** What happened, oldest first. */
  public List<TimelineEntry> timeline(String id) {
    return desk.journal().in(() -> desk.timeline().of(id));
  }

  /** The troubles it consists of, oldest first. */
  public List<Signal> signals(String id) {
    return desk.journal().in(() -> desk.signals().of(id));
  }

  /** Ids of the incidents that these alarms last belonged to. */
  public List<String> concerning(List<Alarm> alarms) {
    List<String> fingerprints = alarms.stream().map(Alarm::fingerprint).toList();
    return fingerprints.isEmpty()
        ? List.of()
        : desk.journal()
            .in(() -> desk.signals().incidents(fingerprints).stream().distinct().toList());
  }

  /** Its escalation levels, and when each was told or will be. */
  public List<LevelClock> levels(String id) {
    return desk.journal()
        .in(
            () ->
                desk.rows().find(id).map(incident -> Levels.of(desk, incident)).orElse(List.of()));
  }

  private void requireKnown(@Nullable String system) {
    if (system != null && plans.system(system).isEmpty()) {
      List<String> names = plans.systems().stream().map(SystemPlan::name).toList();
      throw new RunException(
          Code.INVALID,
          system,
          false,
          "The plan has no system '%s', so its people could not be called. It has: %s."
              .formatted(system, String.join(", ", names)));
    }
  }

  private void locked(String id, boolean mustBeActive, Consumer<Incident> work) {
    desk.journal().run(() -> work.accept(mustBeActive ? active(id) : existing(id)));
  }

  private Incident active(String id) {
    Incident incident = existing(id);
    if (!incident.active()) {
      throw refused(id, "The incident %s is over: open it again first.");
    }
    return incident;
  }

  private Incident existing(String id) {
    return desk.rows()
        .lock(id)
        .orElseThrow(
            () ->
                new RunException(
                    Code.INVALID, id, false, "There is no incident %s.".formatted(id)));
  }

  private static RunException refused(String id, String sentence) {
    return new RunException(Code.REFUSED, id, false, sentence.formatted(id));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
