package holdfast.plan;

/**
 * What is asked of the copies of a point.
 *
 * @param required how many must be good before the point is; the others are made later
 */
public record CopyRules(int required) {}
