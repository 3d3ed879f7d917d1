package holdfast.incident;

import holdfast.journal.Audit;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;

/** Everything that works on incidents, on one journal. */
record Desk(
    Transaction journal,
    IncidentRows rows,
    SignalRows signals,
    TimelineRows timeline,
    Timers timers,
    Chronicle chronicle,
    Teller teller,
    Climb climb,
    Course course) {

  /** One batch of alarms at a time, so that no trouble opens two incidents; any constant. */
  private static final long LOCK = 0x696e636964656e74L;

  static Desk of(Transaction journal, Audit audit, Outbox outbox, Plans plans) {
    IncidentRows rows = new IncidentRows(journal);
    SignalRows signals = new SignalRows(journal);
    TimelineRows timeline = new TimelineRows(journal);
    Timers timers = new Timers(journal);
    Chronicle chronicle = new Chronicle(timeline, audit);
    Teller teller = new Teller(journal, outbox, plans.installation().channels().values());
    Climb climb = new Climb(plans, rows, timers, chronicle, new Notices(journal), teller);
    Course course = new Course(rows, signals, timers, chronicle, climb, outbox);
    return new Desk(journal, rows, signals, timeline, timers, chronicle, teller, climb, course);
  }

  /** Waits until nobody else opens incidents; held to the end of the transaction. */
  void lock() {
    journal.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query().listOfRows();
  }
}
