package holdfast.journal;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;

/** Runs that nobody keeps alive any more. */
final class Lapses {

  /** A process whose database broke off may be a while without its lock. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final Transaction journal;
  private final IntSupplier life;

  Lapses(Transaction journal, IntSupplier life) {
    this.journal = journal;
    this.life = life;
  }

  /** Lets lapse at once what belongs to processes that are known to be gone. */
  void lapseEnded() {
    journal
        .sql(
            """
            WITH silent AS (
              SELECT DISTINCT life FROM runs
              WHERE state IN ('QUEUED', 'RUNNING') AND life <> :own
                AND alive_until > now() AND alive_until < now() + make_interval(secs => :silent)),
            ended AS (
              SELECT life FROM silent WHERE pg_try_advisory_xact_lock(:locks, life)),
            gone AS (
              UPDATE runs SET alive_until = now()
              WHERE state IN ('QUEUED', 'RUNNING') AND life IN (SELECT life FROM ended)
                AND alive_until < now() + make_interval(secs => :silent)
              RETURNING id)
            UPDATE leases SET expires_at = now() WHERE run_id IN (SELECT id FROM gone)""")
        .param("own", life.getAsInt())
        .param("silent", Leases.LENGTH.minus(SILENCE).toSeconds())
        .param("locks", Life.LOCKS)
        .update();
  }

  List<Run> lapsed() {
    return journal
        .sql(
            """
            SELECT * FROM runs
            WHERE state IN ('QUEUED', 'RUNNING') AND alive_until <= now() ORDER BY id""")
        .query(RunRows::read)
        .list();
  }

  boolean hasLapsed(String runId) {
    return journal
        .sql(
            """
            SELECT alive_until <= now() FROM runs
            WHERE id = :id AND state IN ('QUEUED', 'RUNNING')""")
        .param("id", runId)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }
}
