package holdfast.incident;

import java.time.Instant;

/**
 * One thing that happened to an incident; never changed afterwards.
 *
 * @param number grows with time
 * @param actor a person, or {@code holdfast}
 * @param level the escalation level that a TOLD entry is about; otherwise 0
 */
public record TimelineEntry(
    long number, String incident, Instant at, Kind kind, String actor, String text, int level) {

  /** What happened. */
  public enum Kind {
    OPENED,
    /** Another alarm joined it. */
    JOINED,
    /** It became worse. */
    RAISED,
    /** An escalation level was called. */
    TOLD,
    REPEATED,
    ACKNOWLEDGED,
    UPDATED,
    NOTE,
    /** All its signals are clear; it ends unless one comes back. */
    CLEAR,
    /** A signal came back before that. */
    BACK,
    RESOLVED,
    REOPENED,
    /** A notice for customers was drafted, changed, approved or discarded. */
    NOTICE,
    /** A timer was missing or stuck, and was set again. */
    REPAIRED
  }
}
