package holdfast.verify;

import holdfast.restore.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** The role that asks: it may read every table, and nothing else. */
final class Reader {

  private static final int READ_ALL_SINCE = 140000;

  private Reader() {}

  /**
   * Makes the role for a copy.
   *
   * @param alone whether the copy is all there is on the server, so that the role may read whatever
   *     is there
   */
  static void admit(Connection owner, String role, boolean alone) throws SQLException {
    String name = Databases.quoted(role);
    try (Statement statement = owner.createStatement()) {
      statement.execute(
          "CREATE ROLE "
              + name
              + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
              + (superuser(statement) ? " BYPASSRLS" : "")); // policies would hide rows
      if (alone && version(statement) >= READ_ALL_SINCE) {
        statement.execute("GRANT pg_read_all_data TO " + name);
      } else {
        grantEach(statement, role);
      }
    }
  }

  private static boolean superuser(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT current_setting('server_version_num')::int")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The major version of a server. */
  static int major(DataSource server) throws SQLException {
    try (Connection connection = server.getConnection()) {
      return connection.getMetaData().getDatabaseMajorVersion();
    }
  }

  /** Of what is ours to grant; the catalogs and what an extension brought are not. */
  private static void grantEach(Statement statement, String role) throws SQLException {
    statement.execute(
        """
        DO $$ DECLARE one text; BEGIN
          FOR one IN SELECT format('USAGE ON SCHEMA %%I', nspname)
            FROM pg_namespace
            WHERE nspname !~ '^pg_' AND pg_has_role(nspowner, 'USAGE')
          UNION ALL SELECT format('SELECT ON %%s', c.oid::regclass)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND pg_has_role(c.relowner, 'USAGE') LOOP
            EXECUTE 'GRANT ' || one || ' TO %1$s';
          END LOOP;
        END $$"""
            .formatted(Databases.quoted(role)));
  }

  /**
   * Puts a fresh connection of the role into a read-only transaction under a time limit. Where row
   * level security would hide rows from it, asking is an error: a count without them is wrong.
   */
  static Connection restrain(Connection connection, Duration limit) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = on");
      statement.execute("SET statement_timeout = " + Math.max(1, limit.toMillis()));
      statement.execute("SET lock_timeout = '10s'");
      statement.execute("SET row_security = off");
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
