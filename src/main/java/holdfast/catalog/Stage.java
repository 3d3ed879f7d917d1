package holdfast.catalog;

import java.util.Map;

/**
 * One stage of a recipe: a verb and its settings, such as {@code compress {kind=zstd, level=3}}.
 */
public record Stage(String verb, Map<String, String> settings) {}
