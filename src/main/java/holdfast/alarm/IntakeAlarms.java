package holdfast.alarm;

import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.Map;

/** Alarms about the way in itself: when it is in trouble, other alarms may be missing. */
public final class IntakeAlarms {

  private static final String KIND = "holdfast-quarantine";

  private IntakeAlarms() {}

  /**
   * An event could not be read; the fingerprint is the sender's, so that a flood is one trouble.
   */
  public static Alarm quarantined(Arrival event, String reason, Instant now) {
    return new Alarm(
        event.receipt(),
        0,
        "holdfast",
        KIND,
        event.sender(),
        Alarm.State.FIRING,
        Severity.MEDIUM,
        Situation.HOLDFAST,
        new Alarm.Subject(null, null, null, event.sender(), "", ""),
        "Events from %s cannot be read".formatted(event.sender()),
        "An event from %s is in quarantine, and whatever it tells of is not known. %s"
            .formatted(event.sender(), reason),
        now,
        Alarm.Clock.RECEIPT,
        0,
        KIND + "/" + event.sender(),
        null,
        Map.of());
  }
}
