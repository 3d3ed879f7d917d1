package holdfast.plan;

import org.jspecify.annotations.Nullable;

/**
 * What operators say of some alarms. Each field may be left open; then the next rule that covers
 * the alarm decides it.
 *
 * @param title the incident's title instead of the source's own words
 * @param system whose file holds the rule; absent where it stands elsewhere
 * @param component of that system
 * @param asset of that system, by its bare name
 */
public record AlarmRule(
    AlarmMatch match,
    @Nullable Situation situation,
    @Nullable Severity severity,
    @Nullable State state,
    @Nullable String title,
    @Nullable String system,
    @Nullable String component,
    @Nullable String asset,
    Origin origin) {

  /** What an event may be declared to mean. */
  public enum State {
    /** Trouble; the source's word that it is over still holds. */
    FIRING,
    /** The end of a trouble. */
    CLEARED,
    /** No trouble: opens nothing, closes nothing. */
    INFORMATIONAL
  }
}
