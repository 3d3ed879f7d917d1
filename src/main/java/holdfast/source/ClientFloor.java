package holdfast.source;

import holdfast.process.PostgresTools.Version;
import java.util.Map;
import java.util.Optional;

/**
 * The oldest minor releases of PostgreSQL's client programs without known holes that a crafted dump
 * or a hostile server could use (CVE-2026-6477, CVE-2026-18408, CVE-2026-116314).
 */
final class ClientFloor {

  private static final Map<Integer, Integer> MINORS = Map.of(14, 25, 15, 20, 16, 16, 17, 12, 18, 6);
  private static final int OLDEST_MAJOR = 14;

  private ClientFloor() {}

  /** One sentence when a program should be upgraded. */
  static Optional<String> warning(String program, Version version) {
    if (version.major() < OLDEST_MAJOR) {
      return Optional.of(
          "%s %s is of a release that gets no security fixes any more: install a newer PostgreSQL client."
              .formatted(program, version));
    }
    int minor = MINORS.getOrDefault(version.major(), 0);
    return version.minor() >= minor
        ? Optional.empty()
        : Optional.of(
            "%s %s has known security holes: upgrade PostgreSQL's client programs to %d.%d or later."
                .formatted(program, version, version.major(), minor));
  }
}
