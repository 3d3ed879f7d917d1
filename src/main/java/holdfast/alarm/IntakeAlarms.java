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
    String text =
        "An event from %s is in quarantine, and whatever it tells of is not known. %s"
            .formatted(event.sender(), reason);
    return alarm(event, 0, text, now);
  }

  /** Of a delivery that was read, {@code unread} events could not be. */
  static Alarm partly(Arrival event, int part, int unread, String reason) {
    String text =
        "Of a delivery from %s %d could not be read, and whatever was told there is not known. %s"
            .formatted(event.sender(), unread, reason);
    return alarm(event, part, text, event.receivedAt());
  }

  private static Alarm alarm(Arrival event, int part, String text, Instant now) {
    return new Alarm(
        event.receipt(),
        part,
        "holdfast",
        KIND,
        event.sender(),
        Alarm.State.FIRING,
        Severity.MEDIUM,
        Situation.HOLDFAST,
        new Alarm.Subject(null, null, null, event.sender(), "", ""),
        "Events from %s cannot be read".formatted(event.sender()),
        text,
        now,
        Alarm.Clock.RECEIPT,
        0,
        KIND + "/" + event.sender(),
        null,
        Map.of());
  }
}
