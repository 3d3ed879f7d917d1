package holdfast.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a point is proven.
 *
 * @param afterBackup whether each good point starts a proof of its own
 * @param statementTimeout per query
 * @param countLimit tables with fewer rows than this are also counted in the dump's own snapshot
 * @param atLeastEvery how old the newest proof may grow; absent for a week, or twice the time
 *     between two backups where that is longer
 */
public record Verification(
    boolean afterBackup,
    Duration statementTimeout,
    long countLimit,
    List<Query> queries,
    @Nullable Duration atLeastEvery) {

  /** One that says nothing of how old a proof may grow. */
  public Verification(
      boolean afterBackup, Duration statementTimeout, long countLimit, List<Query> queries) {
    this(afterBackup, statementTimeout, countLimit, queries, null);
  }

  /**
   * One question put to the restored copy; it must return one number.
   *
   * @param table when set, the answer must equal the rows counted in the dump for this {@code
   *     schema.table}
   */
  public record Query(
      String name,
      String sql,
      @Nullable Long min,
      @Nullable Long max,
      @Nullable Long equal,
      @Nullable String table,
      Origin origin) {}
}
