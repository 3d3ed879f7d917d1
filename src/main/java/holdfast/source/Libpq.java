package holdfast.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings for libpq's programs, by environment only: no service file, no password of somebody
 * else's, nothing that an operator's shell or a plan's text could slip in.
 */
final class Libpq {

  private static final String NAME = "holdfast";
  private static final String NOWHERE = "/nonexistent";

  private Libpq() {}

  /**
   * The whole environment for one target.
   *
   * @param host as the program can reach it
   * @param password libpq's file; null where none is needed
   */
  static Map<String, String> environment(
      Target target, String host, @Nullable Path password, int connectSeconds) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PGHOST", host);
    environment.put("PGPORT", String.valueOf(target.port()));
    environment.put("PGUSER", target.user());
    environment.put("PGDATABASE", target.database());
    environment.put("PGSSLMODE", target.sslMode());
    environment.put("PGPASSFILE", password == null ? NOWHERE : password.toString());
    environment.put("PGSERVICEFILE", "/dev/null");
    environment.put("PGSYSCONFDIR", NOWHERE);
    environment.put("PGGSSENCMODE", "disable");
    environment.put("PGCONNECT_TIMEOUT", String.valueOf(connectSeconds));
    environment.put("PGAPPNAME", NAME);
    environment.put("LC_ALL", "C");
    if (target.sslMode().startsWith("verify")) {
      rootCertificates().ifPresent(path -> environment.put("PGSSLROOTCERT", path.toString()));
    }
    return environment;
  }

  /** Where trust in servers comes from: the user's own file, else the machine's. */
  static Optional<Path> rootCertificates() {
    return Stream.of(
            Path.of(System.getProperty("user.home"), ".postgresql", "root.crt"),
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"))
        .filter(Files::isReadable)
        .findFirst();
  }
}
