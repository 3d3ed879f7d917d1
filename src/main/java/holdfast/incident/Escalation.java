package holdfast.incident;

import holdfast.journal.Audit;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The clock of incidents. It is kept in the database: any node may wind it, at any moment. */
public final class Escalation {

  /** So that one look never holds up its route; the next follows at once. */
  private static final int MOST = 500;

  private final Desk desk;
  private final InstantSource clock;

  public Escalation(
      Transaction journal, Audit audit, Outbox outbox, Plans plans, InstantSource clock) {
    this.desk = Desk.of(journal, audit, outbox, plans);
    this.clock = clock;
  }

  /**
   * Does everything that is due: calls levels, calls them again, reminds, ends what stayed clear.
   * Each incident is a transaction of its own. How many timers fired.
   */
  public int tick() {
    int fired = 0;
    int done = next();
    while (done > 0 && fired < MOST) {
      fired += done;
      done = next();
    }
    return fired;
  }

  private int next() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return desk.journal()
        .in(
            () -> {
              Optional<Incident> incident = desk.rows().claimDue(now);
              return incident.map(locked -> fire(locked, now)).orElse(0);
            });
  }

  /** The row is locked only now, so what was read while waiting for it is read again. */
  private int fire(Incident incident, Instant now) {
    Map<Timers.Kind, Instant> timers = desk.timers().of(incident.id());
    for (Map.Entry<Timers.Kind, Instant> timer : timers.entrySet()) {
      if (!timer.getValue().isAfter(now)) {
        fire(timer.getKey(), incident, now);
        return 1;
      }
    }
    return 1;
  }

  private void fire(Timers.Kind kind, Incident incident, Instant now) {
    switch (kind) {
      case ESCALATE -> desk.climb().climb(incident, now);
      case UPDATE -> desk.course().remind(incident, now);
      case SETTLE -> desk.course().settle(incident, now);
    }
  }
}
