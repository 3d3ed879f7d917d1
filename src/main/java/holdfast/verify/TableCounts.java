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

  private static final String ALL =
      """
      SELECT ARRAY[n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname)]
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')""";

  private static final String OF_EXTENSIONS =
      ALL
          + """
             AND EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')""";

  private TableCounts() {}

  /**
   * The tables of the dump that the copy can be held to. An extension brings rows of its own, which
   * a dump leaves out, so the number of rows in its tables says nothing about the copy.
   */
  static Map<String, Long> comparable(DataSource copy, Map<String, Long> dumped)
      throws SQLException {
    Map<String, Long> comparable = new LinkedHashMap<>(dumped);
    comparable.keySet().removeAll(names(copy, OF_EXTENSIONS).keySet());
    return comparable;
  }

  /** Rows per {@code schema.table} that {@code wanted} names, each table's own rows only. */
  static Map<String, Long> of(DataSource copy, Map<String, Long> wanted) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Map.Entry<String, String> table : names(copy, ALL).entrySet()) {
      if (wanted.containsKey(table.getKey())) {
        counts.put(table.getKey(), count(copy, table.getValue()));
      }
    }
    return counts;
  }

  private static Map<String, String> names(DataSource copy, String tables) throws SQLException {
    Map<String, String> names = new LinkedHashMap<>();
    try (Connection connection = copy.getConnection();
        PreparedStatement query = connection.prepareStatement(tables)) {
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
