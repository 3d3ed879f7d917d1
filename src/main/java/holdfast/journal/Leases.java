package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One active backup per asset. A lease expires by the database's clock; its fencing token only
 * grows. Every method locks the asset's row first and a run's row after it, so that two
 * transactions never wait for each other.
 */
final class Leases {

  /** How long a lease, or any run, outlives its last heartbeat. */
  static final Duration LENGTH = Duration.ofSeconds(60);

  private final Transaction journal;

  Leases(Transaction journal) {
    this.journal = journal;
  }

  /**
   * An asset's lease, its row locked.
   *
   * @param runId the holder; absent while free
   */
  record Lease(long token, @Nullable String runId, boolean expired) {}

  /** Locks the row of {@code asset}, made where it is not there yet. */
  Lease lock(AssetId asset) {
    Transaction.required();
    journal
        .sql(
            """
            INSERT INTO leases (system, asset) VALUES (:system, :asset) ON CONFLICT DO NOTHING""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .update();
    return journal
        .sql(
            """
            SELECT token, run_id, coalesce(expires_at <= now(), true) AS expired FROM leases
            WHERE system = :system AND asset = :asset FOR UPDATE""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(
            (row, number) ->
                new Lease(row.getLong("token"), row.getString("run_id"), row.getBoolean("expired")))
        .single();
  }

  /** Gives the locked lease to {@code runId}; the new token. */
  long take(AssetId asset, String runId) {
    return journal
        .sql(
            """
            UPDATE leases
            SET token = token + 1, run_id = :run, expires_at = now() + make_interval(secs => :seconds)
            WHERE system = :system AND asset = :asset RETURNING token""")
        .param("run", runId)
        .param("seconds", LENGTH.toSeconds())
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(Long.class)
        .single();
  }

  /**
   * Extends the lease of {@code run}; false when another run took it. One that ran out but that
   * nobody took is extended too: the token still fences everybody else.
   */
  boolean renew(Run run) {
    return journal
            .sql(
                """
                UPDATE leases SET expires_at = now() + make_interval(secs => :seconds)
                WHERE system = :system AND asset = :asset AND run_id = :run AND token = :token""")
            .param("seconds", LENGTH.toSeconds())
            .param("system", run.asset().system())
            .param("asset", run.asset().asset())
            .param("run", run.id())
            .param("token", run.token())
            .update()
        == 1;
  }

  /** Whether {@code run} holds its lease, which stays locked to the end of the transaction. */
  boolean holds(Run run) {
    Lease lease = lock(run.asset());
    return run.id().equals(lease.runId()) && lease.token() == run.token();
  }

  /** Frees whatever {@code runId} holds; idempotent. */
  void free(String runId) {
    journal
        .sql("UPDATE leases SET run_id = NULL, expires_at = NULL WHERE run_id = :run")
        .param("run", runId)
        .update();
  }
}
