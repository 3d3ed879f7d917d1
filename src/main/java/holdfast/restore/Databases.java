package holdfast.restore;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Makes and drops databases, only ones that this execution made. */
public final class Databases {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.$-]{0,62}");
  private static final String DUPLICATE = "42P04";
  private static final String DENIED = "42501";

  private Databases() {}

  /** Throws INVALID unless {@code name} may name a database to be made. */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new RunException(
          Code.INVALID,
          name,
          false,
          "'%s' cannot name a database here: use at most 63 letters, digits and _ . $ -, not starting with a dash or dot."
              .formatted(name));
    }
  }

  /**
   * Makes an empty database.
   *
   * @param server connections to the server's maintenance database
   * @throws RunException REFUSED when it is there already, DENIED without the right, UNREACHABLE
   */
  public static void create(DataSource server, String name, String serverName) {
    requireName(name);
    try (Connection connection = server.getConnection()) {
      if (exists(connection, name)) {
        throw refused(name, serverName);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + quoted(name) + " TEMPLATE template0");
      }
    } catch (SQLException e) {
      throw failed(e, name, serverName);
    }
  }

  /**
   * Makes schemas in a database that this execution made.
   *
   * @param database connections to that database
   */
  public static void schemas(DataSource database, List<String> names, String serverName) {
    for (String name : names) {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(name));
      } catch (SQLException e) {
        throw failed(e, name, serverName);
      }
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Drops a database that this execution made, and whoever is connected to it. */
  public static void drop(DataSource server, String name, String serverName) {
    try (Connection connection = server.getConnection();
        PreparedStatement end =
            connection.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?");
        Statement statement = connection.createStatement()) {
      end.setString(1, name);
      end.execute();
      statement.execute("DROP DATABASE IF EXISTS " + quoted(name));
    } catch (SQLException e) {
      throw failed(e, name, serverName);
    }
  }

  /** As an identifier in SQL. */
  public static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private static RunException refused(String name, String serverName) {
    return new RunException(
        Code.REFUSED,
        serverName,
        false,
        "Database %s exists on %s already, and a restore never touches a database it did not make: name one that does not exist."
            .formatted(name, serverName));
  }

  private static RunException failed(SQLException e, String name, String serverName) {
    String state = String.valueOf(e.getSQLState());
    if (state.equals(DUPLICATE)) {
      return refused(name, serverName);
    }
    if (state.equals(DENIED) || state.startsWith("28")) {
      return new RunException(
          Code.DENIED,
          serverName,
          false,
          "Server %s does not let us make or drop database %s: check the user's password and give it CREATEDB."
              .formatted(serverName, name),
          e);
    }
    return new RunException(
        Code.UNREACHABLE,
        serverName,
        true,
        "Server %s could not make or drop database %s (SQL state %s): check that it runs and has room."
            .formatted(serverName, name, state),
        e);
  }
}
