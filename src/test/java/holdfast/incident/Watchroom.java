package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.journal.Column;
import holdfast.journal.Outbox;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Incidents on a real journal, and alarms for them. */
final class Watchroom {

  static final String START = "2026-11-21T10:00:00Z";

  private static final AtomicInteger RECEIPT = new AtomicInteger();

  final SettableClock clock;
  final JournalNode node;
  final Plans plans;
  final Incidents incidents;
  final Escalation escalation;

  Watchroom(Plans plans) {
    this(plans, SettableClock.at(START), null);
  }

  private Watchroom(Plans plans, SettableClock clock, @Nullable JournalNode sibling) {
    this.clock = clock;
    this.plans = plans;
    this.node = sibling == null ? JournalNode.fresh(clock) : sibling.sibling(clock);
    this.incidents =
        new Incidents(node.transaction(), node.audit(), node.outbox(), node.ids(), plans, clock);
    this.escalation = new Escalation(node.transaction(), node.audit(), node.outbox(), plans, clock);
  }

  /** Another node, or this one after a restart. */
  Watchroom sibling() {
    return new Watchroom(plans, clock, node);
  }

  Instant now() {
    return clock.instant();
  }

  /** Moves the clock on, winding the escalation whenever something is due. */
  void pass(Duration time) {
    Instant end = now().plus(time);
    while (now().isBefore(end)) {
      Instant next = nextDue().filter(due -> due.isBefore(end)).orElse(end);
      clock.set(next.isAfter(now()) ? next : now().plusSeconds(1));
      escalation.tick();
    }
  }

  private Optional<Instant> nextDue() {
    return node.transaction()
        .sql("SELECT min(due_at) AS due FROM incident_timers")
        .query((row, number) -> Optional.ofNullable(Column.moment(row, "due")))
        .single();
  }

  /** Moves the clock on while nothing runs. */
  void sleep(Duration time) {
    clock.move(time);
  }

  Incident only() {
    List<Incident> all = incidents.recent(10);
    if (all.size() != 1) {
      throw new AssertionError("not one incident: " + all);
    }
    return all.get(0);
  }

  /** The one of that title. */
  Incident only(String title) {
    return incidents.recent(10).stream()
        .filter(incident -> incident.title().equals(title))
        .reduce(
            (one, other) -> {
              throw new AssertionError("more than one: " + title);
            })
        .orElseThrow();
  }

  /** What is known of a trouble now. */
  Signal signal(String fingerprint) {
    return new SignalRows(node.transaction()).current(List.of(fingerprint)).get(fingerprint);
  }

  /** How many events of a trouble were counted, over all its incidents. */
  long events(String fingerprint) {
    return node.transaction()
        .sql("SELECT sum(events) FROM signals WHERE fingerprint = :fingerprint")
        .param("fingerprint", fingerprint)
        .query(Long.class)
        .single();
  }

  List<Notice> notices() {
    return node.outbox().recent(10_000).stream()
        .filter(entry -> Notice.holds(entry.event()))
        .sorted(Comparator.comparing(Outbox.Entry::id))
        .map(entry -> Notice.read(entry.event()))
        .toList();
  }

  /** Such as {@code chat OPENED 1}, in the order written. */
  List<String> told() {
    return node.outbox().recent(10_000).stream()
        .filter(entry -> Notice.holds(entry.event()))
        .sorted(Comparator.comparing(Outbox.Entry::id))
        .map(
            entry -> {
              Notice notice = Notice.read(entry.event());
              return "%s %s %d".formatted(entry.channel(), notice.type(), notice.level());
            })
        .toList();
  }

  Alarm fires(String fingerprint) {
    return alarm(fingerprint, Alarm.State.FIRING, Severity.HIGH, Situation.DATABASE, now(), 0);
  }

  Alarm clears(String fingerprint) {
    return alarm(fingerprint, Alarm.State.CLEARED, Severity.HIGH, Situation.DATABASE, now(), 0);
  }

  static Alarm alarm(
      String fingerprint,
      Alarm.State state,
      Severity severity,
      Situation situation,
      Instant at,
      long sequence) {
    return about(
        new Alarm.Subject("roleferry", "database", null, "db-1", "", "us-east-1"),
        fingerprint,
        state,
        severity,
        situation,
        at,
        sequence);
  }

  static Alarm about(
      Alarm.Subject subject,
      String fingerprint,
      Alarm.State state,
      Severity severity,
      Situation situation,
      Instant at,
      long sequence) {
    return new Alarm(
        "receipt-" + RECEIPT.incrementAndGet(),
        0,
        "queue",
        "test",
        fingerprint,
        state,
        severity,
        situation,
        subject,
        "Trouble " + fingerprint,
        "",
        at,
        Alarm.Clock.EVENT,
        sequence,
        fingerprint,
        null,
        Map.of());
  }
}
