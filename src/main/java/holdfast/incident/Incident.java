package holdfast.incident;

import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, or was.
 *
 * @param system of the plan; absent where none is known
 * @param region may be empty
 * @param text what the first alarm, or who opened it, says; may be empty
 * @param openedBy a person, or {@code holdfast} where an alarm opened it
 * @param beganAt when the trouble began, by the first event's own time
 * @param clockFrom escalation counts from here: when it was opened, or reopened
 * @param lastAlarmAt when the newest alarm joined it
 * @param level the highest escalation level told since then; 0 for none
 * @param toldAt when people were last called
 * @param acknowledgedVia such as {@code page}, {@code api} or {@code slack}
 * @param estimate when it is expected to be over
 * @param reopened how often
 * @param events that it gathered
 * @param alarms the sources' own names for its alarms, each once; not all of very many
 * @param systems others that it drew in, being the failure of a whole region
 */
public record Incident(
    String id,
    @Nullable String system,
    String scope,
    String region,
    @Nullable String spared,
    Situation situation,
    Severity severity,
    String title,
    String text,
    State state,
    String openedBy,
    Instant beganAt,
    Instant openedAt,
    Instant clockFrom,
    Instant lastAlarmAt,
    int level,
    @Nullable Instant toldAt,
    @Nullable Instant acknowledgedAt,
    @Nullable String acknowledgedBy,
    @Nullable String acknowledgedVia,
    @Nullable Instant resolvedAt,
    @Nullable String resolvedBy,
    @Nullable String resolution,
    @Nullable Instant estimate,
    int reopened,
    long events,
    List<String> alarms,
    List<String> systems) {

  /** Where it stands. */
  public enum State {
    /** Nobody has said that they deal with it: the clock climbs. */
    OPEN,
    /** Somebody deals with it. */
    ACKNOWLEDGED,
    /** It is over. */
    RESOLVED
  }

  /** Whether it is not over. */
  public boolean active() {
    return state != State.RESOLVED;
  }

  /** Whether only a person may say that it is over. */
  boolean byHand() {
    return !openedBy.equals(HOLDFAST);
  }

  /** Who acts where nobody does. */
  static final String HOLDFAST = "holdfast";
}
