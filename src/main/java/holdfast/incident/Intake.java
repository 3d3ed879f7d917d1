package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.incident.TimelineEntry.Kind;
import holdfast.journal.Ids;
import holdfast.plan.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes one batch of alarms; made anew for each, within a transaction. */
final class Intake {

  private final Desk desk;
  private final Ids ids;
  private final Instant now;

  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<String, Gathered> gathered = new LinkedHashMap<>();
  private final List<Signal> signals = new ArrayList<>();
  private final Set<String> opened = new LinkedHashSet<>();
  private final Set<String> reopened = new LinkedHashSet<>();
  private final Set<String> joined = new LinkedHashSet<>();
  private final Set<String> quiet = new LinkedHashSet<>();
  private final Map<String, Worse> worse = new HashMap<>();
  private final Map<String, String> grown = new LinkedHashMap<>();
  private final Map<String, Wider> wider = new HashMap<>();

  Intake(Desk desk, Ids ids, Instant now) {
    this.desk = desk;
    this.ids = ids;
    this.now = now;
  }

  /** What a batch adds to one incident that was there before. */
  private record Gathered(long events, @Nullable Instant alarmAt, Instant beganAt) {

    Gathered and(Gathered more) {
      return new Gathered(
          events + more.events,
          alarmAt == null ? more.alarmAt : alarmAt,
          beganAt.isBefore(more.beganAt) ? beganAt : more.beganAt);
    }
  }

  Taken take(List<Alarm> alarms) {
    desk.lock();
    List<Alarm> fresh = desk.signals().fresh(alarms, now);
    List<Burst> bursts = Burst.of(fresh);
    List<String> prints = bursts.stream().map(Burst::fingerprint).toList();
    lock(bursts, desk.signals().current(prints));
    Map<String, Signal> known = desk.signals().current(prints); // people may have ended some
    bursts.forEach(burst -> sort(burst, known.get(burst.fingerprint())));
    desk.signals().write(signals);
    settle();
    return new Taken(
        List.copyOf(opened),
        List.copyOf(reopened),
        joined.stream().filter(id -> !opened.contains(id) && !reopened.contains(id)).toList(),
        alarms.size() - fresh.size());
  }

  /** All at once and in one order, so that two nodes never wait for each other. */
  private void lock(List<Burst> bursts, Map<String, Signal> known) {
    List<String> named = known.values().stream().map(Signal::incident).distinct().toList();
    List<String> scopes =
        bursts.stream().map(burst -> Correlation.scope(burst.newest())).distinct().toList();
    List<String> regions =
        bursts.stream().map(burst -> burst.newest().subject().region()).distinct().toList();
    if (!bursts.isEmpty()) {
      desk.rows().lock(named, scopes, regions).forEach(found -> incidents.put(found.id(), found));
    }
  }

  private void sort(Burst burst, @Nullable Signal known) {
    Incident own = known == null ? null : incidents.get(known.incident());
    if (!burst.begins(known, now)) {
      goesOn(burst, known, own);
      return;
    }
    Alarm alarm = burst.firing().orElseThrow();
    if (own != null && own.active()) {
      goesOn(burst, known, own);
    } else if (own != null && comesBack(own)) {
      reopen(burst, known, own);
    } else {
      Optional<Incident> relative =
          Correlation.relative(alarm, List.copyOf(incidents.values()), now);
      relative.ifPresentOrElse(
          incident -> join(burst, known, incident, alarm), () -> open(burst, known, alarm));
    }
  }

  private boolean comesBack(Incident own) {
    Instant ended = own.resolvedAt();
    return ended != null && !ended.plus(Course.REOPEN).isBefore(now);
  }

  /** Another event of a trouble that is known, or the end of one that never was. */
  private void goesOn(Burst burst, @Nullable Signal known, @Nullable Incident own) {
    Signal signal = burst.over(known, own == null ? "" : own.id(), now);
    signals.add(signal);
    if (own == null) {
      return;
    }
    boolean fires = signal.state() == Alarm.State.FIRING;
    gather(own.id(), burst, signal, fires);
    boolean was = known != null && known.state() == Alarm.State.FIRING;
    if (!own.active() || was == fires) {
      raise(own, burst, known);
      return;
    }
    joined.add(own.id());
    if (fires) {
      back(own, signal);
    } else {
      quiet.add(own.id());
    }
    raise(own, burst, known);
  }

  private void back(Incident own, Signal signal) {
    desk.course().back(own);
    if (isWorthSaying(signal.flaps())) {
      desk.chronicle().note(own.id(), now, Kind.BACK, "It is back: %s".formatted(signal.title()));
    }
  }

  /** The first few times, and then ever more rarely: a source that flaps fills no page. */
  private static boolean isWorthSaying(long flaps) {
    return Long.bitCount(flaps) <= 1;
  }

  private void join(Burst burst, @Nullable Signal known, Incident incident, Alarm alarm) {
    Signal signal = burst.over(known, incident.id(), now);
    signals.add(signal);
    joined.add(incident.id());
    gather(incident.id(), burst, signal, true);
    desk.course().back(incident);
    desk.chronicle()
        .note(incident.id(), now, Kind.JOINED, "Belongs to it: %s".formatted(alarm.title()));
    grown.putIfAbsent(incident.id(), alarm.title());
    wider.computeIfAbsent(incident.id(), id -> new Wider()).by(incident, alarm);
    raise(incident, burst, known);
  }

  private void gather(String incident, Burst burst, Signal signal, boolean fires) {
    boolean alarmed = fires || opened.contains(incident);
    gathered.merge(
        incident,
        new Gathered(burst.alarms().size(), alarmed ? now : null, signal.firstAt()),
        Gathered::and);
  }

  private void raise(Incident incident, Burst burst, @Nullable Signal known) {
    burst
        .severity(known, now)
        .filter(severity -> incident.active() && !incident.severity().atLeast(severity))
        .ifPresent(
            severity ->
                worse.merge(
                    incident.id(),
                    Worse.by(severity, burst.firing().orElseThrow()),
                    (one, two) -> one.severity().atLeast(two.severity()) ? one : two));
  }

  /** How bad an incident became, and by what. */
  private record Worse(Severity severity, String title, String text) {

    static Worse by(Severity severity, Alarm alarm) {
      return new Worse(severity, alarm.title(), alarm.text());
    }
  }

  private void reopen(Burst burst, @Nullable Signal known, Incident own) {
    Alarm alarm = burst.firing().orElseThrow();
    Incident open =
        desk.course()
            .reopen(own.id(), Incident.HOLDFAST, "It is back: %s".formatted(alarm.title()), now);
    incidents.put(open.id(), open);
    reopened.add(open.id());
    Signal signal = burst.over(known, own.id(), now);
    signals.add(signal);
    gather(own.id(), burst, signal, true);
    raise(open, burst, known);
  }

  private void open(Burst burst, @Nullable Signal known, Alarm alarm) {
    String id = ids.next();
    Signal signal = burst.over(known, id, now);
    Severity severity = burst.severity(known, now).orElse(alarm.severity());
    Incident incident = Openings.of(id, alarm, severity, signal, now);
    desk.course().open(incident, Openings.why(alarm));
    incidents.put(id, incident);
    opened.add(id);
    signals.add(signal);
  }

  /** Once every signal is written: what it comes to for each incident, and who is called. */
  private void settle() {
    gathered.forEach(this::note);
    Set<String> firing = quiet.isEmpty() ? Set.of() : desk.signals().firing(quiet);
    for (String id : quiet) {
      Incident incident = incidents.get(id);
      if (!firing.contains(id) && !incident.byHand()) {
        long flaps =
            signals.stream()
                .filter(signal -> signal.incident().equals(id))
                .mapToLong(Signal::flaps)
                .max()
                .orElse(0);
        desk.course().clear(incident, isWorthSaying(flaps), now);
      }
    }
    opened.forEach(id -> desk.course().call(incidents.get(id), now));
    reopened.forEach(id -> desk.course().call(incidents.get(id), now));
  }

  private void note(String id, Gathered more) {
    Incident before = incidents.get(id);
    Worse worst = worse.get(id);
    Severity severity = worst == null ? before.severity() : worst.severity();
    Incident after =
        desk.rows().gathered(id, more.events(), severity, more.alarmAt(), more.beganAt());
    if (worst != null && opened.contains(id)) { // it is called by what is worst of it
      after = desk.rows().named(id, Openings.title(worst.title()), Openings.text(worst.text()));
    }
    if (wider.containsKey(id)) {
      after = desk.rows().widened(id, wider.get(id).alarms(), wider.get(id).systems());
    }
    incidents.put(id, after);
    boolean called = opened.contains(id) || reopened.contains(id);
    if (called) {
      return; // with everything that came at once
    }
    if (worst != null) {
      desk.course().raise(after, before.severity(), worst.title(), now);
    } else if (grown.containsKey(id)) {
      desk.course().joined(before, after, grown.get(id), now);
    }
  }
}
