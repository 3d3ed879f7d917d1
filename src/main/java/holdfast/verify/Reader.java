package holdfast.verify;

import holdfast.restore.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The role that asks: it may read every table, and nothing else. */
final class Reader {

  private static final int READ_ALL_SINCE = 140000;

  private Reader() {}

  /**
   * Makes the role for a copy.
   *
   * @param superuser whether we may let it see past row-level security, which would hide rows
   */
  static void admit(Connection owner, String role, boolean superuser) throws SQLException {
    String name = Databases.quoted(role);
    try (Statement statement = owner.createStatement()) {
      statement.execute(
          "CREATE ROLE "
              + name
              + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
              + (superuser ? " BYPASSRLS" : ""));
      if (superuser && version(statement) >= READ_ALL_SINCE) {
        statement.execute("GRANT pg_read_all_data TO " + name);
      } else {
        grantEach(statement, role);
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT current_setting('server_version_num')::int")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void grantEach(Statement statement, String role) throws SQLException {
    statement.execute(
        """
        DO $$ DECLARE schema_name name; BEGIN
          FOR schema_name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' LOOP
            EXECUTE format('GRANT USAGE ON SCHEMA %%I TO %1$s', schema_name);
            EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %%I TO %1$s', schema_name);
          END LOOP;
        END $$"""
            .formatted(Databases.quoted(role)));
  }

  /** Puts a fresh connection of the role into a read-only transaction under a time limit. */
  static Connection restrain(Connection connection, Duration limit) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = on");
      statement.execute("SET statement_timeout = " + Math.max(1, limit.toMillis()));
      statement.execute("SET lock_timeout = '10s'");
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
