package holdfast.plan;

import org.jspecify.annotations.Nullable;

/**
 * Where proofs restore to: without a connection, a private PostgreSQL server made for each proof.
 */
public record ScratchSpec(@Nullable String connection) {}
