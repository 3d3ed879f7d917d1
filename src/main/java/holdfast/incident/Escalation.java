package holdfast.incident;

import holdfast.journal.Audit;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of incidents. It is kept in the database: any node may wind it, at any moment. */
public final class Escalation {

  /** So that one look never holds up its route; the next follows at once. */
  private static final int MOST = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Escalation.class);

  private final Desk desk;
  private final Digests digests;
  private final InstantSource clock;

  public Escalation(
      Transaction journal, Audit audit, Outbox outbox, Plans plans, InstantSource clock) {
    this.desk = Desk.of(journal, audit, outbox, plans);
    this.clock = clock;
    this.digests = new Digests(journal, desk.rows(), outbox);
  }

  /**
   * Does everything that is due: calls levels, calls them again, reminds, ends what stayed clear.
   * Each incident is a transaction of its own. How many timers fired.
   */
  public int tick() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Set<String> broken = new HashSet<>();
    int fired = 0;
    while (fired < MOST && next(now, broken)) {
      fired++;
    }
    return fired + digests.tell(now);
  }

  /** Does what is due longest; false where nothing is. */
  private boolean next(Instant now, Set<String> broken) {
    AtomicReference<String> claimed = new AtomicReference<>("");
    try {
      return desk.journal()
          .in(
              () -> {
                Optional<Incident> incident = desk.rows().claimDue(now, broken);
                incident.map(Incident::id).ifPresent(claimed::set);
                incident.ifPresent(locked -> fire(locked, now));
                return incident.isPresent();
              });
    } catch (RuntimeException e) { // one incident must not hold up the others
      if (claimed.get().isEmpty()) {
        throw e;
      }
      LOG.error("The clock of incident {} failed and is tried again", claimed.get(), e);
      return broken.add(claimed.get());
    }
  }

  /** The row is locked only now, so what was read while waiting for it is read again. */
  private void fire(Incident incident, Instant now) {
    desk.timers().of(incident.id()).entrySet().stream()
        .filter(timer -> !timer.getValue().isAfter(now))
        .findFirst()
        .ifPresent(timer -> fire(timer.getKey(), incident, now));
  }

  private void fire(Timers.Kind kind, Incident incident, Instant now) {
    switch (kind) {
      case ESCALATE -> desk.climb().climb(incident, now);
      case UPDATE -> desk.course().remind(incident, now);
      case SETTLE -> desk.course().settle(incident, now);
    }
  }
}
