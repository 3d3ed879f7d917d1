package holdfast.cli;

import holdfast.plan.ConnectionSpec;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.source.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Looks into a database that a first plan names, before anything relies on it. */
final class Probe {

  private static final String LARGEST_TABLES =
      """
      SELECT n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND NOT c.relispartition
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
        AND n.nspname ~ '^[a-z_][a-z0-9_]*$' AND c.relname ~ '^[a-z_][a-z0-9_]*$'
      ORDER BY c.reltuples DESC, 1 LIMIT 3""";

  /** A table with its schema, as people and as SQL write it. */
  record Table(String name, String sql) {}

  private final Home home;

  Probe(Home home) {
    this.home = home;
  }

  /** The largest tables with plain names; the connection is read from the new plan itself. */
  List<Table> tables(String connection, String database) {
    try (AnnotationConfigApplicationContext rooms = new AnnotationConfigApplicationContext()) {
      rooms.getEnvironment().getSystemProperties().put("holdfast.home", home.folder().toString());
      rooms.scan("holdfast.plan", "holdfast.process", "holdfast.source", "holdfast.stream");
      rooms.refresh();
      ConnectionSpec spec = rooms.getBean(Installation.class).connections().get(connection);
      return largest(rooms.getBean(Servers.class), spec, database);
    } catch (SQLException e) {
      throw new RefusedException(
          Exit.FAILED,
          "The database cannot be reached as given (%s). Nothing was written; correct it and run init again."
              .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }

  private static List<Table> largest(Servers servers, ConnectionSpec spec, String database)
      throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Connection connection = servers.dataSource(spec, database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LARGEST_TABLES)) {
      while (rows.next()) {
        tables.add(new Table(rows.getString(1), rows.getString(2)));
      }
    }
    return tables;
  }
}
