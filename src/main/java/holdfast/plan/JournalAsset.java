package holdfast.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The journal's own database as an asset that every plan can have without a file in {@code
 * systems/}: backed up, proven and restored as any other.
 */
public final class JournalAsset {

  /** Its name. */
  public static final AssetId ID = new AssetId("holdfast", "journal");

  /** The connection that leads to it. */
  public static final String CONNECTION = "holdfast-journal";

  private static final Pattern URL =
      Pattern.compile(
          "jdbc:postgresql://(?<host>[A-Za-z0-9._-]+)(:(?<port>[0-9]{1,5}))?/(?<database>[^?/]+)(\\?(?<settings>.*))?");
  private static final Pattern SSL = Pattern.compile("(^|&)sslmode=(?<mode>[a-z-]+)(&|$)");

  private JournalAsset() {}

  /** The plan with the journal in it, where its backup is declared. */
  static Plans in(Plans plans) {
    JournalSpec journal = plans.installation().journal();
    JournalSpec.Backup backup = journal.backup();
    Place place = place(plans.home(), journal);
    if (backup == null || place == null) {
      return plans;
    }
    Map<String, ConnectionSpec> connections =
        new LinkedHashMap<>(plans.installation().connections());
    connections.put(CONNECTION, place.connection(journal, backup.origin()));
    List<SystemPlan> systems = new java.util.ArrayList<>(plans.systems());
    systems.add(system(backup, place.database()));
    return new Plans(
        plans.home(), plans.installation().withConnections(connections), List.copyOf(systems));
  }

  /** Where the journal's server is, and which database it is there. */
  private record Place(String host, int port, String database, String sslMode) {

    ConnectionSpec connection(JournalSpec journal, Origin origin) {
      String user = journal.user() == null ? "holdfast" : journal.user();
      return new ConnectionSpec(CONNECTION, host, port, user, journal.password(), sslMode, origin);
    }
  }

  private static @Nullable Place place(Home home, JournalSpec journal) {
    return journal.url() == null
        ? new Place(
            home.state().toAbsolutePath().resolve("journal/socket").toString(),
            Defaults.POSTGRES_PORT,
            "postgres",
            "disable")
        : place(journal.url()).orElse(null);
  }

  /** Empty where the address names several servers, or none. */
  private static Optional<Place> place(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String port = parts.group("port");
    String settings = parts.group("settings");
    Matcher ssl = SSL.matcher(settings == null ? "" : settings);
    return Optional.of(
        new Place(
            parts.group("host"),
            port == null ? Defaults.POSTGRES_PORT : Integer.parseInt(port),
            parts.group("database"),
            ssl.find() ? ssl.group("mode") : Defaults.SSL_MODE));
  }

  /** Whether a journal at this address can be backed up by itself. */
  static boolean reaches(String url) {
    return place(url).isPresent();
  }

  private static SystemPlan system(JournalSpec.Backup backup, String database) {
    Origin origin = backup.origin();
    Component component =
        new Component(
            "journal",
            "Catalog, runs, users and incidents of Holdfast itself",
            Component.Priority.P0,
            new Objectives(null, null, null, null),
            origin);
    return new SystemPlan(
        ID.system(),
        "Holdfast itself: what it knows of everything else",
        "1",
        "holdfast",
        null,
        null,
        List.of(component),
        List.of(asset(backup, database)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Duty.NONE,
        List.of(),
        origin);
  }

  private static Asset asset(JournalSpec.Backup backup, String database) {
    Verification.Query runs =
        new Verification.Query(
            "runs", "SELECT COUNT(*) FROM runs", null, null, null, "public.runs", backup.origin());
    return new Asset(
        ID,
        "journal",
        new PostgresSpec(CONNECTION, database, PostgresSpec.Content.FULL, List.of()),
        new Pipeline(Defaults.COMPRESSION, Defaults.ZSTD_LEVEL, backup.recipients()),
        List.of(backup.schedule()),
        backup.stores(),
        new CopyRules(Defaults.COPIES_REQUIRED),
        new Verification(true, Defaults.STATEMENT_TIMEOUT, Defaults.COUNT_LIMIT, List.of(runs)),
        Defaults.RETENTION,
        Defaults.LIFECYCLE,
        backup.channels(),
        backup.origin());
  }
}
