package holdfast.camel;

import holdfast.journal.Outcomes;
import holdfast.notify.Circuits;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Lets messages pass to a channel while it is worth trying; those that do not pass wait untried.
 */
public final class Passage {

  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Outcomes outcomes;
  private final Circuits circuits;

  Passage(Outcomes outcomes, Circuits circuits) {
    this.outcomes = outcomes;
    this.circuits = circuits;
  }

  /** How many messages the channel may be given now. */
  public int room(@Variable("channel") String channel) {
    return circuits.admits(channel);
  }

  /**
   * Whether the channel still works; a message that cannot pass goes back and was no attempt. The
   * messages before this one may have taken their time: what was taken back since does not pass.
   */
  public boolean pass(@Body Map<String, Object> row) {
    long id = ((Number) row.get("id")).longValue();
    if (circuits.admits(String.valueOf(row.get("channel"))) > 0) {
      return outcomes.stands(id, ((Number) row.get("attempts")).intValue());
    }
    outcomes.notYet(id, WAIT);
    return false;
  }
}
