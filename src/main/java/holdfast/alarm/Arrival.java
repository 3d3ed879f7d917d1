package holdfast.alarm;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that the guard has let in.
 *
 * @param receipt its id
 * @param sender the plan's name of the queue, topic or webhook it came through
 * @param format {@code auto}, {@code alertmanager}, {@code grafana}, {@code mongodb-atlas}, {@code
 *     pagerduty} or {@code generic}
 * @param receivedAt by our clock
 * @param sentAt by the clock of what carried it
 * @param attributes of the message it came in; never headers
 * @param body as it was sent
 */
public record Arrival(
    String receipt,
    String sender,
    String format,
    Instant receivedAt,
    @Nullable Instant sentAt,
    Map<String, String> attributes,
    String body) {}
