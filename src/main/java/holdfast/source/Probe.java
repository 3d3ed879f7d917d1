package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.PostgresSpec;
import holdfast.plan.PostgresSpec.Content;
import holdfast.process.PostgresTools.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a database what it is and whether all of it can be dumped; changes nothing. */
final class Probe {

  private static final int NAMED = 3;
  private static final int OLDEST_SERVER = 90_200;
  private static final String TABLES =
      """
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relpersistence <> 't' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      """;
  private static final String UNREADABLE =
      "SELECT n.nspname || '.' || c.relname "
          + TABLES
          + """
            AND c.relkind IN ('r', 'p', 'S')
            AND (NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
              OR NOT pg_catalog.has_table_privilege(c.oid, 'SELECT'))
          ORDER BY 1
          """;
  private static final String FILTERED =
      "SELECT n.nspname || '.' || c.relname "
          + TABLES
          + "  AND c.relrowsecurity AND pg_catalog.row_security_active(c.oid) ORDER BY 1";
  private static final String BYTES =
      "SELECT coalesce(sum(pg_catalog.pg_table_size(c.oid)), 0) "
          + TABLES
          + "  AND c.relkind IN ('r', 'm')";
  private static final String EXISTS =
      "SELECT count(*) " + TABLES + "  AND n.nspname || '.' || c.relname = ?";

  private final ConnectionSpec server;
  private final PostgresSpec spec;
  private final Version client;

  Probe(ConnectionSpec server, PostgresSpec spec, Version client) {
    this.server = server;
    this.spec = spec;
    this.client = client;
  }

  /**
   * Facts, or a refusal.
   *
   * @throws RunException UNFIT_TOOL, DENIED or INVALID
   */
  Source.Facts facts(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = '60s'");
      statement.execute("SET default_transaction_read_only = on");
      requireClient(connection, statement);
      requireTables(connection);
      requireRights(statement);
      Map<String, String> details = details(statement);
      return new Source.Facts(bytes(statement, details), details);
    }
  }

  /**
   * The tables' size; a locked table does not hold us up, the whole database's size then serves.
   */
  private long bytes(Statement statement, Map<String, String> details) throws SQLException {
    if (spec.content() == Content.SCHEMA) {
      return 0;
    }
    statement.execute("SET lock_timeout = '1s'");
    try {
      return Long.parseLong(ask(statement, BYTES));
    } catch (SQLException locked) {
      return Long.parseLong(details.get("databaseBytes"));
    }
  }

  private void requireClient(Connection connection, Statement statement) throws SQLException {
    int number = Integer.parseInt(ask(statement, "SHOW server_version_num"));
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (number < OLDEST_SERVER || client.major() < major) {
      throw new RunException(
          Code.UNFIT_TOOL,
          "pg_dump",
          false,
          "pg_dump %s cannot dump PostgreSQL %s of %s: install the client programs of PostgreSQL %d (Debian: postgresql-client-%d)."
              .formatted(
                  client, ask(statement, "SHOW server_version"), server.name(), major, major));
    }
  }

  private void requireTables(Connection connection) throws SQLException {
    if (spec.content() != Content.TABLE) {
      return;
    }
    try (PreparedStatement exists = connection.prepareStatement(EXISTS)) {
      for (String table : spec.tables()) {
        exists.setString(1, table);
        if (first(exists.executeQuery()).equals("0")) {
          throw new RunException(
              Code.INVALID,
              table,
              false,
              "There is no table %s in database %s: correct the asset's tables."
                  .formatted(table, spec.database()));
        }
      }
    }
  }

  private void requireRights(Statement statement) throws SQLException {
    List<String> unreadable = concerned(statement, UNREADABLE);
    if (!unreadable.isEmpty()) {
      throw new RunException(
          Code.DENIED,
          server.name(),
          false,
          "User %s may not read %s in database %s: GRANT pg_read_all_data TO %s, or SELECT on each."
              .formatted(server.user(), some(unreadable), spec.database(), server.user()));
    }
    List<String> filtered = concerned(statement, FILTERED);
    if (!filtered.isEmpty() && spec.content() != Content.SCHEMA) {
      throw new RunException(
          Code.DENIED,
          server.name(),
          false,
          "Row security hides rows of %s in database %s from user %s: ALTER ROLE %s BYPASSRLS."
              .formatted(some(filtered), spec.database(), server.user(), server.user()));
    }
  }

  private List<String> concerned(Statement statement, String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        if (spec.content() != Content.TABLE || spec.tables().contains(rows.getString(1))) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? first : first + " and %d more".formatted(names.size() - NAMED);
  }

  private Map<String, String> details(Statement statement) throws SQLException {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("serverVersion", ask(statement, "SHOW server_version"));
    details.put("clientVersion", client.toString());
    details.put(
        "databaseOid",
        ask(
            statement,
            "SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()"));
    details.put(
        "databaseBytes", ask(statement, "SELECT pg_catalog.pg_database_size(current_database())"));
    details.put("encoding", ask(statement, "SHOW server_encoding"));
    details.put("content", spec.content().name().toLowerCase(java.util.Locale.ROOT));
    try {
      details.put(
          "systemIdentifier",
          ask(statement, "SELECT system_identifier FROM pg_catalog.pg_control_system()"));
    } catch (SQLException notAllowed) {
      details.put("systemIdentifierNote", "user %s may not ask for it".formatted(server.user()));
    }
    ClientFloor.warning("pg_dump", client).ifPresent(text -> details.put("clientWarning", text));
    return details;
  }

  private static String ask(Statement statement, String sql) throws SQLException {
    return first(statement.executeQuery(sql));
  }

  private static String first(ResultSet answer) throws SQLException {
    try (answer) {
      answer.next();
      return String.valueOf(answer.getString(1));
    }
  }
}
