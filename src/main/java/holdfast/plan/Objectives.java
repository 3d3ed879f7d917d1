package holdfast.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was promised.
 *
 * @param availability a share between 0 and 1, such as 0.999
 */
public record Objectives(
    @Nullable Duration rto,
    @Nullable Duration rpo,
    @Nullable Duration mttr,
    @Nullable Double availability) {}
