package holdfast.plan;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a PostgreSQL server.
 *
 * @param host a name, an address, or an absolute folder that holds the server's unix socket
 * @param sslMode libpq's names: disable, prefer, require, verify-ca, verify-full
 */
public record ConnectionSpec(
    String name,
    String host,
    int port,
    String user,
    @Nullable SecretRef password,
    String sslMode,
    Origin origin) {}
