package holdfast.alarm;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event whose sender has proven itself, not yet accepted.
 *
 * @param sender the plan's name of it
 * @param format how the body is written; {@code auto} where it shows by itself
 * @param delivery the sender's own id of this delivery, the same when it delivers again
 * @param sentAt when the sender says it sent it
 * @param attributes what came beside the body, proven too
 * @param body text without NUL, of at most {@link Post#BODY_MAX} bytes
 */
public record Inbound(
    String sender,
    String format,
    @Nullable String delivery,
    @Nullable Instant sentAt,
    Map<String, String> attributes,
    String body) {

  /** The format of an event that shows by itself what it is. */
  public static final String AUTO = "auto";
}
