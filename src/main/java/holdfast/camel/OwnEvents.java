package holdfast.camel;

import holdfast.incident.Incidents;
import holdfast.incident.OwnAlarms;
import holdfast.journal.Event;
import holdfast.journal.Outcomes;
import holdfast.journal.Transaction;
import java.util.Map;
import org.apache.camel.Variable;

/** Turns what the journal says of runs into alarms: the alarm and its row end together. */
public final class OwnEvents {

  private final Transaction journal;
  private final Outcomes outcomes;
  private final OwnAlarms alarms;
  private final Incidents incidents;

  OwnEvents(Transaction journal, Outcomes outcomes, OwnAlarms alarms, Incidents incidents) {
    this.journal = journal;
    this.outcomes = outcomes;
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
          outcomes.delivered(id, "taken");
        });
  }
}
