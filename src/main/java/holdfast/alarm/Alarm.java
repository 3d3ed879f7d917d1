package holdfast.alarm;

import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event means, whoever sent it.
 *
 * @param receipt the delivery it came with; its raw event is kept there
 * @param part the place within a delivery that carries several, from 0
 * @param sender the plan's name of the queue, topic or webhook; {@code holdfast} for our own
 * @param kind the format it was read from, such as {@code cloudwatch-alarm} or {@code rds-event}
 * @param name the source's own name for it, such as the alarm's name or the event's id
 * @param subject what it is about
 * @param title one line, for people
 * @param text what the source says about it; may be empty
 * @param at when it happened, by {@code clock}
 * @param sequence orders events of the same moment; 0 where the source gives nothing
 * @param fingerprint the same for every event of the same trouble, whatever its state
 * @param link a page of the source; never followed by us
 * @param facts what else is worth showing: plain values
 */
public record Alarm(
    String receipt,
    int part,
    String sender,
    String kind,
    String name,
    State state,
    Severity severity,
    Situation situation,
    Subject subject,
    String title,
    String text,
    Instant at,
    Clock clock,
    long sequence,
    String fingerprint,
    @Nullable String link,
    Map<String, String> facts) {

  /** What the source says of the trouble now. */
  public enum State {
    /** It is there. */
    FIRING,
    /** It is over. */
    CLEARED,
    /** It is no trouble: opens nothing, closes nothing. */
    INFORMATIONAL,
    /** The source does not know: opens nothing, closes nothing. */
    INSUFFICIENT_DATA
  }

  /** Where {@link #at} comes from. */
  public enum Clock {
    /** The event itself. */
    EVENT,
    /** What carried it, because the event names no time that can be read. */
    ENVELOPE,
    /** Our own, because nothing else can be read. */
    RECEIPT
  }

  /**
   * What an alarm is about.
   *
   * @param system of the plan; absent where no rule names one
   * @param component of that system
   * @param asset of that system, by its bare name
   * @param resource as the source calls it: an ARN, an instance, a host; may be empty
   * @param account may be empty
   * @param region may be empty
   */
  public record Subject(
      @Nullable String system,
      @Nullable String component,
      @Nullable String asset,
      String resource,
      String account,
      String region) {}
}
