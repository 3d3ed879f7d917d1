package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One trouble of one source, as its newest event tells it.
 *
 * @param incident empty where the trouble was over before it was heard of
 * @param state FIRING or CLEARED
 * @param at of the newest event, by its own time
 * @param sequence of that event, among those of the same moment
 * @param firstAt of the oldest event that fired
 * @param flaps how often it came back after it had cleared
 * @param receipt the delivery that the newest event came with; absent in old rows
 * @param byHand whether it is held for clear because a person said so, not its source
 */
public record Signal(
    String incident,
    String fingerprint,
    Alarm.State state,
    Instant at,
    long sequence,
    Severity severity,
    String title,
    String sender,
    String kind,
    String name,
    @Nullable String component,
    @Nullable String asset,
    String resource,
    @Nullable String link,
    Instant firstAt,
    long events,
    long flaps,
    @Nullable String receipt,
    boolean byHand) {}
