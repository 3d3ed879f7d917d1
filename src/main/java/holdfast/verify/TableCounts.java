package holdfast.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Counts every table of the copy under proof. */
final class TableCounts {

  private static final String TABLES =
      """
      SELECT ARRAY[n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname)]
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')""";

  private TableCounts() {}

  /** Rows per {@code schema.table} that {@code wanted} names, each table's own rows only. */
  static Map<String, Long> of(DataSource copy, Map<String, Long> wanted) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Map.Entry<String, String> table : names(copy).entrySet()) {
      if (wanted.containsKey(table.getKey())) {
        counts.put(table.getKey(), count(copy, table.getValue()));
      }
    }
    return counts;
  }

  private static Map<String, String> names(DataSource copy) throws SQLException {
    Map<String, String> names = new LinkedHashMap<>();
    try (Connection connection = copy.getConnection();
        PreparedStatement query = connection.prepareStatement(TABLES)) {
      query.setMaxRows(0); // our own question, bounded by the schema
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String[] name = (String[]) rows.getArray(1).getArray();
          names.put(name[0], name[1]);
        }
      }
    }
    return names;
  }

  private static long count(DataSource copy, String quoted) throws SQLException {
    try (Connection connection = copy.getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT count(*) FROM ONLY " + quoted);
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
