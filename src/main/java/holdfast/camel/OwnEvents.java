package holdfast.camel;

import holdfast.incident.Incidents;
import holdfast.incident.OwnAlarms;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import java.util.Map;
import org.apache.camel.Variable;

/** Turns what the journal says of runs into alarms: the alarm and its row end together. */
public final class OwnEvents {

  private final Transaction journal;
  private final Outbox outbox;
  private final OwnAlarms alarms;
  private final Incidents incidents;

  OwnEvents(Transaction journal, Outbox outbox, OwnAlarms alarms, Incidents incidents) {
    this.journal = journal;
    this.outbox = outbox;
    this.alarms = alarms;
    this.incidents = incidents;
  }

  /** Takes the alarms of one row. */
  public void take(@Variable("row") Map<String, Object> row) {
    long id = ((Number) row.get("id")).longValue();
    Event event = Event.read(String.valueOf(row.get("event")));
    journal.run(
        () -> {
          incidents.take(alarms.of("event-" + id, event));
          outbox.delivered(id, "taken");
        });
  }
}
