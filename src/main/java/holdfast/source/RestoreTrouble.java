package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.process.Running;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what pg_restore complained about into one sentence. */
final class RestoreTrouble {

  private static final Pattern EXTENSION =
      Pattern.compile("extension \"([^\"]+)\" is not available");
  private static final Pattern CONTROL_FILE =
      Pattern.compile("extension control file \"[^\"]*/([^/\"]+)\\.control\"");
  private static final Pattern ERROR = Pattern.compile("(?m)(?:ERROR|FATAL|error): +(.*)$");
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("postgis", "postgresql-%d-postgis-3"),
          Map.entry("postgis_topology", "postgresql-%d-postgis-3"),
          Map.entry("postgis_raster", "postgresql-%d-postgis-3"),
          Map.entry("vector", "postgresql-%d-pgvector"),
          Map.entry("pg_cron", "postgresql-%d-cron"),
          Map.entry("pgaudit", "postgresql-%d-pgaudit"),
          Map.entry("pg_partman", "postgresql-%d-partman"),
          Map.entry("pgrouting", "postgresql-%d-pgrouting"),
          Map.entry("timescaledb", "timescaledb-2-postgresql-%d"),
          Map.entry("plpython3u", "postgresql-plpython3-%d"),
          Map.entry("plperl", "postgresql-plperl-%d"),
          Map.entry("pltcl", "postgresql-pltcl-%d"));

  private RestoreTrouble() {}

  static RunException of(Running.Exit exit, Target target, int major) {
    String said = exit.stderrTail();
    Optional<String> extension = missingExtension(said);
    if (extension.isPresent()) {
      String pack =
          PACKAGES.getOrDefault(extension.get(), "postgresql-%d-" + dashed(extension.get()));
      return new RunException(
          Code.UNFIT_TOOL,
          extension.get(),
          false,
          "The server that database %s is restored to lacks extension %s: install it there (Debian: %s)."
              .formatted(target.database(), extension.get(), pack.formatted(major)));
    }
    if (said.contains("No space left on device") || said.contains("could not extend file")) {
      return new RunException(
          Code.FULL,
          target.database(),
          true,
          "The disk of the server that database %s is restored to is full: free space there."
              .formatted(target.database()));
    }
    Optional<RunException> hindrance = Hindrance.of(exit, target);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    if (said.contains("end of file") || said.contains("could not read from input file")) {
      return Archive.truncated("pg_restore found its end too early");
    }
    return new RunException(
        Code.PROGRAM_FAILED,
        target.database(),
        false,
        "pg_restore into %s failed (%s): %s"
            .formatted(target.database(), exit.words(), reason(said)));
  }

  private static Optional<String> missingExtension(String said) {
    for (Pattern pattern : new Pattern[] {EXTENSION, CONTROL_FILE}) {
      Matcher matcher = pattern.matcher(said);
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private static String dashed(String name) {
    return name.replace('_', '-');
  }

  /** The server's own words if there are any, else the last line. */
  private static String reason(String said) {
    Matcher matcher = ERROR.matcher(said);
    String reason = said.strip().isEmpty() ? "it gave no reason" : said.strip();
    while (matcher.find()) {
      reason = matcher.group(1);
    }
    return reason.length() <= 400 ? reason : reason.substring(0, 400) + "…";
  }
}
