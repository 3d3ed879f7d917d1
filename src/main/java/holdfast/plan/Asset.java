package holdfast.plan;

import java.util.List;

/**
 * One thing protected, and how.
 *
 * @param component a name among the system's components
 * @param stores keys of {@link Installation#stores()}; the first is the primary copy
 * @param copies how many of them a good point has
 * @param channels keys of {@link Installation#channels()} that hear of this asset
 */
public record Asset(
    AssetId id,
    String component,
    PostgresSpec source,
    Pipeline pipeline,
    List<Schedule> schedules,
    List<String> stores,
    CopyRules copies,
    Verification verification,
    Retention retention,
    Lifecycle lifecycle,
    List<String> channels,
    Origin origin) {}
