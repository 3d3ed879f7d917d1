package holdfast.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * This process's life, as every process on the same journal can see it: a number that no other life
 * ever has, and a lock of the database's under that number, which ends with the process however it
 * ends. It begins when it is first asked for and keeps one connection for itself.
 */
public final class Life implements AutoCloseable {

  /** The first half of every life's lock; any constant. */
  static final int LOCKS = 0x6c696665;

  private static final Logger LOG = LoggerFactory.getLogger(Life.class);
  private static final int ANSWER_SECONDS = 2;

  private final DataSource journal;
  private @Nullable Connection held;
  private int number;

  /** On the journal that the claims stand in. */
  public Life(DataSource journal) {
    this.journal = journal;
  }

  /**
   * What claims are made under; its lock is held by now. It stays the same through a connection
   * that was lost, unless the server has not noticed the loss yet.
   *
   * @throws RunException UNREACHABLE, retryable, when the database is
   */
  public synchronized int number() {
    try {
      if (held == null || !held.isValid(ANSWER_SECONDS)) {
        close();
        held = hold(journal.getConnection());
      }
      return number;
    } catch (SQLException lost) {
      throw new RunException(
          Code.UNREACHABLE,
          "journal",
          true,
          "The journal's database cannot be reached: nothing is claimed until it answers.",
          lost);
    }
  }

  private Connection hold(Connection connection) {
    JdbcClient server = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    if (number == 0 || !locked(server)) {
      number = server.sql("SELECT nextval('lives')").query(Integer.class).single();
      locked(server);
    }
    return connection;
  }

  private boolean locked(JdbcClient server) {
    return server
        .sql("SELECT pg_try_advisory_lock(:locks, :number)")
        .param("locks", LOCKS)
        .param("number", number)
        .query(Boolean.class)
        .single();
  }

  /** The number as far as it was asked for; zero before. */
  synchronized int begun() {
    return number;
  }

  /** Ends it, until somebody asks again: what it had claimed may be given back. */
  @Override
  public synchronized void close() {
    Connection ending = held;
    held = null;
    if (ending != null) {
      try (ending;
          Statement unlock = ending.createStatement()) {
        unlock.execute("SELECT pg_advisory_unlock_all()"); // a pool keeps the connection open
      } catch (SQLException gone) {
        LOG.debug("A connection is gone, and the lock with it", gone);
      }
    }
  }
}
