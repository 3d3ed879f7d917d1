package holdfast.plan;

import org.jspecify.annotations.Nullable;

/**
 * Where catalog and journal are kept: without a URL, a private PostgreSQL cluster in the home
 * folder.
 */
public record JournalSpec(
    @Nullable String url, @Nullable String user, @Nullable SecretRef password) {}
