package holdfast.incident;

import holdfast.plan.Severity;
import holdfast.plan.Situation;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says who opens an incident by hand.
 *
 * @param system of the plan; absent where it concerns none
 * @param title one line, not blank
 * @param text more of it; may be empty
 */
public record Opening(
    @Nullable String system,
    Severity severity,
    Situation situation,
    String title,
    String text,
    String actor) {}
