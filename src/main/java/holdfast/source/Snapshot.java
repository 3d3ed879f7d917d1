package holdfast.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A read-only transaction whose view of the database the dump shares, so that what is counted here
 * must be found there. It is held no longer than both need it.
 */
final class Snapshot implements AutoCloseable {

  private static final int MOST_TABLES = 2_000;
  private static final long LARGEST_COUNTED_BYTES = 64L << 20;
  private static final String SMALL_TABLES =
      """
      SELECT n.nspname || '.' || c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND c.reltuples < ?
        AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
        AND pg_catalog.pg_relation_size(c.oid) <= ?
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      ORDER BY pg_catalog.pg_relation_size(c.oid) LIMIT ?
      """;

  private final Connection connection;
  private final @Nullable String id;
  private final ReentrantLock lock = new ReentrantLock();

  private Snapshot(Connection connection, @Nullable String id) {
    this.connection = connection;
    this.id = id;
  }

  /** Opens the transaction; a server that cannot export snapshots gives one without an id. */
  static Snapshot open(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = '60s'");
      statement.execute("SET idle_in_transaction_session_timeout = 0");
    }
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
      answer.next();
      return new Snapshot(connection, answer.getString(1));
    } catch (SQLException cannotExport) {
      connection.rollback();
      return new Snapshot(connection, null);
    }
  }

  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /** Counts tables of fewer than {@code limit} rows, smallest first, until the time is up. */
  Map<String, Long> count(long limit, Duration time) {
    Map<String, Long> rows = new LinkedHashMap<>();
    long end = System.nanoTime() + time.toNanos();
    lock.lock();
    try (Statement statement = connection.createStatement()) {
      // A count that fails must not end the transaction: the dump may not have its snapshot yet.
      statement.execute("SAVEPOINT counts");
      statement.execute("SET LOCAL lock_timeout = '1s'");
      for (Map.Entry<String, String> table : smallTables(limit).entrySet()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (id == null || left <= 0) {
          break;
        }
        statement.execute("SET LOCAL statement_timeout = " + left);
        try (ResultSet answer =
            statement.executeQuery("SELECT count(*) FROM ONLY " + table.getValue())) {
          answer.next();
          if (answer.getLong(1) < limit) {
            rows.put(table.getKey(), answer.getLong(1));
          }
        }
      }
    } catch (SQLException timeIsUp) {
      // What was counted so far is what is compared; the dump does not fail for it.
      backToSavepoint();
    } finally {
      lock.unlock();
    }
    return rows;
  }

  private void backToSavepoint() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK TO SAVEPOINT counts");
    } catch (SQLException gone) {
      // Then pg_dump says so itself.
    }
  }

  private Map<String, String> smallTables(long limit) throws SQLException {
    Map<String, String> tables = new LinkedHashMap<>();
    try (var query = connection.prepareStatement(SMALL_TABLES)) {
      query.setLong(1, limit);
      query.setLong(2, LARGEST_COUNTED_BYTES);
      query.setInt(3, MOST_TABLES);
      try (ResultSet answer = query.executeQuery()) {
        while (answer.next()) {
          tables.put(answer.getString(1), answer.getString(2));
        }
      }
    }
    return tables;
  }

  /** Who holds a lock that dumps wait for, as {@code pid 7 of user app}; empty when nobody does. */
  static Optional<String> blocker(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery(
                """
                SELECT a.pid, a.usename, l.relation::regclass FROM pg_catalog.pg_locks l
                JOIN pg_catalog.pg_stat_activity a USING (pid)
                WHERE l.granted AND l.mode = 'AccessExclusiveLock' AND l.locktype = 'relation'
                  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                  AND l.pid <> pg_catalog.pg_backend_pid() LIMIT 1
                """)) {
      return answer.next()
          ? Optional.of(
              "process %d of user %s holds %s"
                  .formatted(answer.getLong(1), answer.getString(2), answer.getString(3)))
          : Optional.empty();
    }
  }

  /** Ends the transaction, and a count that is still under way. */
  @Override
  public void close() {
    boolean idle = lock.tryLock();
    try {
      if (idle) {
        connection.close();
      } else {
        connection.abort(Runnable::run);
      }
    } catch (SQLException gone) {
      // A lost connection has no snapshot left to give back.
    } finally {
      if (idle) {
        lock.unlock();
      }
    }
  }
}
