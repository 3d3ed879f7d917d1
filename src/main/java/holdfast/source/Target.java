package holdfast.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database to load into.
 *
 * @param host a name, an address, or the folder of a unix socket
 * @param password file of libpq's password format, 0600; null where none is needed
 */
public record Target(
    String host, int port, String user, @Nullable Path password, String sslMode, String database) {}
