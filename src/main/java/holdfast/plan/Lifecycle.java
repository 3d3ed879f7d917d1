package holdfast.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the bucket itself does with objects, in whole days.
 *
 * @param archiveAfter data moves to {@code archiveClass}
 * @param expireAfter objects that retention has tagged as expiring are removed this long after
 *     their creation
 */
public record Lifecycle(
    @Nullable Duration archiveAfter,
    String archiveClass,
    @Nullable Duration expireAfter,
    Duration abortUploadsAfter) {}
