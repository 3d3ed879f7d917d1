package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ConnectionSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** Looks at a database from outside, as those who use it would; changes nothing. */
public final class DatabaseLook {

  private static final String RIGHTS = "42";

  private final Map<String, ConnectionSpec> connections;
  private final Servers servers;

  DatabaseLook(Map<String, ConnectionSpec> connections, Servers servers) {
    this.connections = connections;
    this.servers = servers;
  }

  /**
   * Connects and has one query answered.
   *
   * @param patience for each step, in whole seconds
   * @throws RunException DENIED where it is our way in that is wrong: a password, a right; anything
   *     else says what is wrong with the server or the database
   */
  public void answers(String connection, String database, Duration patience) {
    ask(connection, database, patience, statement -> statement.execute("SELECT 1"));
  }

  /**
   * How far a replica lies behind: {@code database}'s server itself where it is one, else the worst
   * of those that are connected to it.
   *
   * @throws RunException as {@link #answers}; DENIED also where lags are hidden from our user,
   *     UNFIT_TOOL where the server is too old to tell
   */
  public ReplicaLag lag(String connection, String database, Duration patience) {
    return ask(connection, database, patience, ReplicaLag::read);
  }

  private interface Question<T> {
    T put(Statement statement) throws SQLException;
  }

  private <T> T ask(String connection, String database, Duration patience, Question<T> question) {
    ConnectionSpec server = connections.get(connection);
    if (server == null) {
      throw new RunException(
          Code.INVALID, connection, false, "There is no connection %s.".formatted(connection));
    }
    try (Connection open = servers.dataSource(server, database, patience).getConnection();
        Statement statement = open.createStatement()) {
      statement.execute("SET statement_timeout = " + patience.toMillis());
      return question.put(statement);
    } catch (SQLException e) {
      throw refusal(server, database, e);
    }
  }

  /** A question that may not be put says nothing of the server's health. */
  private static RunException refusal(ConnectionSpec server, String database, SQLException e) {
    RunException refused = Refusals.of(server, database, e);
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith(RIGHTS)
        ? new RunException(
            Code.DENIED, server.name(), false, String.valueOf(refused.getMessage()), e)
        : refused;
  }
}
