package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica lies behind its primary.
 *
 * @param connected whether it receives anything now
 * @param behind zero where all that was received is replayed; absent where nothing tells
 */
public record ReplicaLag(boolean connected, @Nullable Duration behind) {

  private static final int FIRST_THAT_TELLS = 10;

  /** Received but not replayed is a lag; an old last transaction alone is a quiet primary. */
  private static final String ON_REPLICA =
      """
      SELECT receiving,
        CASE WHEN receiving AND received = replayed THEN 0
          ELSE extract(epoch FROM clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())
        END AS seconds
      FROM (SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver) AS receiving,
        pg_catalog.pg_last_wal_receive_lsn() AS received,
        pg_catalog.pg_last_wal_replay_lsn() AS replayed) AS here
      """;

  /** Programs that only copy WAL replay nothing and are no replicas. */
  private static final String ON_PRIMARY =
      """
      SELECT count(*) FILTER (WHERE state IS NULL) AS hidden,
        count(replay_lsn) > 0 AS receiving,
        max(CASE WHEN replay_lsn >= pg_catalog.pg_current_wal_lsn() THEN 0
          ELSE coalesce(extract(epoch FROM replay_lag), 0) END)
          FILTER (WHERE replay_lsn IS NOT NULL) AS seconds
      FROM pg_catalog.pg_stat_replication
      """;

  static ReplicaLag read(Statement statement) throws SQLException {
    int version = statement.getConnection().getMetaData().getDatabaseMajorVersion();
    if (version < FIRST_THAT_TELLS) {
      throw new RunException(
          Code.UNFIT_TOOL,
          "replica-lag",
          false,
          "PostgreSQL %d does not tell how far replicas lie behind: that begins with 10."
              .formatted(version));
    }
    return isReplica(statement) ? onReplica(statement) : onPrimary(statement);
  }

  private static boolean isReplica(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery()")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static ReplicaLag onReplica(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(ON_REPLICA)) {
      row.next();
      return lag(row);
    }
  }

  private static ReplicaLag onPrimary(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(ON_PRIMARY)) {
      row.next();
      if (row.getLong("hidden") > 0) {
        throw new RunException(
            Code.DENIED,
            "replica-lag",
            false,
            "The server hides from this connection's user how far replicas lie behind: GRANT pg_monitor to that user.");
      }
      return lag(row);
    }
  }

  private static ReplicaLag lag(ResultSet row) throws SQLException {
    double seconds = row.getDouble("seconds");
    Duration behind = row.wasNull() ? null : Duration.ofMillis(Math.round(seconds * 1e3));
    return new ReplicaLag(row.getBoolean("receiving"), behind);
  }
}
