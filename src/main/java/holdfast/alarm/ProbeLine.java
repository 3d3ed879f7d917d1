package holdfast.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one probe stands.
 *
 * @param kind as operators write it
 * @param since when the state began; absent before the first look
 * @param reason of the last look that was not well; empty where all were
 * @param lookedAt absent before the first look
 * @param alarming whether it has failed, or was not possible, often enough that somebody was told
 */
public record ProbeLine(
    String system,
    String probe,
    String component,
    String kind,
    ProbeState state,
    @Nullable Instant since,
    String reason,
    @Nullable Instant lookedAt,
    boolean alarming) {}
