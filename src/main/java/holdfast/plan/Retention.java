package holdfast.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long points are kept: by age, by count, or both; what either keeps is kept. */
public record Retention(@Nullable Duration keepWithin, @Nullable Integer keepLast) {}
