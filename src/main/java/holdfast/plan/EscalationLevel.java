package holdfast.plan;

import java.time.Duration;
import java.util.List;

/**
 * Who hears of an unacknowledged incident once it is {@code after} old, and through which channels.
 */
public record EscalationLevel(
    int level, Duration after, List<String> contacts, List<String> channels, Origin origin) {}
