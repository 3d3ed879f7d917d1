package holdfast.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a first plan, short enough to be read whole. */
record FirstPlan(
    String system,
    Connection connection,
    boolean password,
    Place place,
    String zone,
    @Nullable Reader reader) {

  /** Who is told, by mail. */
  record Reader(String email, String mailServer) {}

  /** How the database is reached. */
  record Connection(String host, int port, String user, String database) {}

  /** Where points go: a bucket, or a folder when {@code name} is an absolute path. */
  record Place(String name, String region, @Nullable String endpoint) {

    boolean folder() {
      return name.startsWith("/");
    }
  }

  /** {@code application.yml}. */
  String application() {
    return """
        # This installation: where things are. What is protected, and when, stands in systems/.
        # Secrets are never written here, only where they are kept: {env: NAME}, {file: PATH} or {aws: SECRET-ID}.

        server: {port: 8420}
        management: {server: {port: 8421}}

        holdfast:
          stores:
            primary: %s
          connections:
            %s: {host: "%s", port: %d, user: "%s"%s, sslmode: %s}
          keys:
            recipients: {operations: keys/operations.public.asc, escrow: keys/escrow.public.asc}
            signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
            opening: {key: keys/operations.secret.asc, passphrase: {file: keys/operations.passphrase}}
          channels: %s
          journal: {backup: {stores: [primary], recipients: [operations, escrow], zone: %s}}
        %s"""
        .formatted(
            store(),
            system,
            connection.host(),
            connection.port(),
            connection.user(),
            password ? ", password: {file: secrets/database.password}" : "",
            connection.host().startsWith("/") ? "disable" : "prefer",
            reader == null ? "{}" : mail(reader),
            zone,
            reader == null ? "" : alarmTest());
  }

  private String alarmTest() {
    return "  alarm-test: {at: \"09:00\", zone: %s}\n".formatted(zone);
  }

  private static String mail(Reader reader) {
    return "{mail: {kind: email, host: \"%s\", from: \"%s\", to: [\"%s\"]}}"
        .formatted(reader.mailServer(), reader.email(), reader.email());
  }

  private String store() {
    if (place.folder()) {
      return "{kind: directory, path: \"%s\"}".formatted(place.name());
    }
    String endpoint =
        place.endpoint() == null
            ? ""
            : ", endpoint: \"%s\", path-style: true".formatted(place.endpoint());
    return "{kind: s3, bucket: \"%s\", prefix: holdfast, region: %s%s}"
        .formatted(place.name(), place.region(), endpoint);
  }

  /** {@code systems/NAME.yml}, with one verification query for each of {@code tables}. */
  String text(List<Probe.Table> tables) {
    StringBuilder text =
        new StringBuilder(
            """
            # What is protected, how well, when, and who is told.
            system: %s
            description: Written by holdfast init; say here what it is
            plan: {version: "1", owner: nobody yet}

            components:
              - name: database
                description: PostgreSQL
                priority: P0
                objectives: {rto: 2h, rpo: 24h}

            assets:
              - name: database
                component: database
                source: {kind: postgresql, connection: %s, database: "%s", content: full}
                pipeline: {recipients: [operations, escrow]}
                schedules:
                  - {name: nightly, cron: "0 2 * * *", zone: %s}
                stores: [primary]
                retention: {keep-within: 30d, keep-last: 7}
                verification:
                  queries:%s
            """
                .formatted(
                    system, system, connection.database(), zone, tables.isEmpty() ? " []" : ""));
    for (Probe.Table table : tables) {
      text.append(
          "        - {name: %s, sql: 'SELECT COUNT(*) FROM %s', table: '%s'}%n"
              .formatted(table.name().replaceAll("[^a-z0-9]+", "-"), table.sql(), table.name()));
    }
    return text.append(people()).toString();
  }

  private String people() {
    return reader == null
        ? "    channels: []\n"
        : """
              channels: [mail]

          contacts:
            - {name: first, role: coordinator, email: "%s"}
          escalation:
            - {level: 1, after: 0m, contacts: [first], channels: [mail]}
          """
            .formatted(reader.email());
  }
}
