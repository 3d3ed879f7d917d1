package holdfast.journal;

import holdfast.plan.AssetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Runs as rows. */
final class RunRows {

  private final Transaction journal;
  private final IntSupplier life;

  /**
   * Runs on a journal.
   *
   * @param life the number of this process's life; zero where it has none
   */
  RunRows(Transaction journal, IntSupplier life) {
    this.journal = journal;
    this.life = life;
  }

  /** Writes a run, or what became of a QUEUED one; false when one of that id began before. */
  boolean insert(Run run) {
    return journal
            .sql(
                """
                INSERT INTO runs (id, kind, system, asset, state, started_by, actor, fire_time, token,
                  point, started_at, ended_at, alive_until, failure_code, failure, life)
                VALUES (:id, :kind, :system, :asset, :state, :trigger, :actor, :fire, :token,
                  :point, :started, :ended, now() + make_interval(secs => :seconds), :code, :failure,
                  nullif(:life, 0))
                ON CONFLICT (id) DO UPDATE
                SET state = excluded.state, token = excluded.token, point = excluded.point,
                  started_at = excluded.started_at, ended_at = excluded.ended_at,
                  alive_until = excluded.alive_until, failure_code = excluded.failure_code,
                  failure = excluded.failure, life = excluded.life
                WHERE runs.state = 'QUEUED'""")
            .param("id", run.id())
            .param("kind", run.kind().name())
            .param("system", run.asset().system())
            .param("asset", run.asset().asset())
            .param("state", run.state().name())
            .param("trigger", run.trigger())
            .param("actor", run.actor())
            .param("fire", Column.of(run.fireTime()))
            .param("token", run.token())
            .param("point", run.point())
            .param("started", Column.of(run.startedAt()))
            .param("ended", Column.of(run.endedAt()))
            .param("seconds", Leases.LENGTH.toSeconds())
            .param("code", run.failureCode() == null ? null : run.failureCode().name())
            .param("failure", run.failure())
            .param("life", life.getAsInt())
            .update()
        == 1;
  }

  /** Locks the row; the run as it is now. */
  Optional<Run> lock(String runId) {
    Transaction.required();
    return journal
        .sql("SELECT * FROM runs WHERE id = :id FOR UPDATE")
        .param("id", runId)
        .query(RunRows::read)
        .optional();
  }

  /** Ends a run; false when it has ended already. */
  boolean end(Run ended) {
    return journal
            .sql(
                """
                UPDATE runs SET state = :state, ended_at = :ended, point = :point,
                  failure_code = :code, failure = :failure
                WHERE id = :id AND state IN ('QUEUED', 'RUNNING')""")
            .param("id", ended.id())
            .param("state", ended.state().name())
            .param("ended", Column.of(ended.endedAt()))
            .param("point", ended.point())
            .param("code", ended.failureCode() == null ? null : ended.failureCode().name())
            .param("failure", ended.failure())
            .update()
        == 1;
  }

  /** Notes a sign of life; who asked for the run to stop, or empty; absent when it has ended. */
  Optional<String> alive(String runId, Run.@Nullable Progress progress) {
    StatementSpec statement =
        progress == null
            ? journal.sql(
                """
                UPDATE runs SET alive_until = now() + make_interval(secs => :seconds)
                WHERE id = :id AND state = 'RUNNING' RETURNING coalesce(cancel_asked_by, '')""")
            : progressing(progress);
    return statement
        .param("id", runId)
        .param("seconds", Leases.LENGTH.toSeconds())
        .query(String.class)
        .optional();
  }

  /** Notes that QUEUED runs still have a process that will begin them; which of them those are. */
  List<String> keepQueued(Collection<String> ids) {
    return journal
        .sql(
            """
            UPDATE runs SET alive_until = now() + make_interval(secs => :seconds)
            WHERE id IN (:ids) AND state = 'QUEUED' RETURNING id""")
        .param("ids", ids)
        .param("seconds", Leases.LENGTH.toSeconds())
        .query(String.class)
        .list();
  }

  private StatementSpec progressing(Run.Progress progress) {
    return journal
        .sql(
            """
            UPDATE runs SET alive_until = now() + make_interval(secs => :seconds),
              phase = :phase, bytes = :bytes, expected_bytes = :expected,
              bytes_per_second = :rate, eta_seconds = :eta
            WHERE id = :id AND state = 'RUNNING' RETURNING coalesce(cancel_asked_by, '')""")
        .param("phase", progress.phase())
        .param("bytes", progress.bytes())
        .param("expected", progress.expectedBytes())
        .param("rate", progress.bytesPerSecond())
        .param("eta", progress.etaSeconds());
  }

  /** False when the run has ended. */
  boolean askToStop(String runId, String actor) {
    return journal
            .sql(
                """
                UPDATE runs SET cancel_asked_by = :actor WHERE id = :id AND state = 'RUNNING'""")
            .param("id", runId)
            .param("actor", actor)
            .update()
        == 1;
  }

  Optional<Run> find(String runId) {
    return journal
        .sql("SELECT * FROM runs WHERE id = :id")
        .param("id", runId)
        .query(RunRows::read)
        .optional();
  }

  List<Run> recent(@Nullable AssetId asset, int limit) {
    return journal
        .sql(
            """
            SELECT * FROM runs
            WHERE CAST(:system AS text) IS NULL OR (system = :system AND asset = :asset)
            ORDER BY id DESC LIMIT :limit""")
        .param("system", asset == null ? null : asset.system())
        .param("asset", asset == null ? null : asset.asset())
        .param("limit", limit)
        .query(RunRows::read)
        .list();
  }

  /** Notes the database that a restore has made and now fills. */
  void fills(String runId, String target) {
    journal
        .sql("UPDATE runs SET target = :target WHERE id = :id")
        .param("target", target)
        .param("id", runId)
        .update();
  }

  /** What {@link #fills} noted. */
  Optional<String> filled(String runId) {
    return journal
        .sql("SELECT target FROM runs WHERE id = :id AND target IS NOT NULL")
        .param("id", runId)
        .query(String.class)
        .optional();
  }

  /** Backups that had begun and came to nothing, oldest first. */
  List<Run> failedBackups(Instant since) {
    return journal
        .sql(
            """
            SELECT * FROM runs
            WHERE state IN ('ABANDONED', 'FAILED', 'CANCELLED') AND kind = 'BACKUP' AND token > 0
              AND ended_at >= :since ORDER BY id""")
        .param("since", Column.of(since))
        .query(RunRows::read)
        .list();
  }

  Map<Run.State, Long> tally(AssetId asset, Run.Kind kind, Instant since) {
    Map<Run.State, Long> counts = new EnumMap<>(Run.State.class);
    journal
        .sql(
            """
            SELECT state, count(*) AS runs FROM runs
            WHERE system = :system AND asset = :asset AND kind = :kind AND started_at >= :since
            GROUP BY state""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("kind", kind.name())
        .param("since", Column.of(since))
        .query(
            row -> {
              counts.put(Run.State.valueOf(row.getString("state")), row.getLong("runs"));
            });
    return counts;
  }

  static Run read(ResultSet row, int number) throws SQLException {
    String code = row.getString("failure_code");
    return new Run(
        row.getString("id"),
        Run.Kind.valueOf(row.getString("kind")),
        new AssetId(row.getString("system"), row.getString("asset")),
        Run.State.valueOf(row.getString("state")),
        row.getString("started_by"),
        row.getString("actor"),
        Column.moment(row, "fire_time"),
        row.getLong("token"),
        row.getString("point"),
        Column.moment(row, "started_at"),
        Column.moment(row, "ended_at"),
        progress(row),
        code == null ? null : Code.valueOf(code),
        row.getString("failure"));
  }

  private static Run.@Nullable Progress progress(ResultSet row) throws SQLException {
    String phase = row.getString("phase");
    if (phase == null) {
      return null;
    }
    return new Run.Progress(
        phase,
        row.getLong("bytes"),
        Column.number(row, "expected_bytes"),
        row.getLong("bytes_per_second"),
        Column.number(row, "eta_seconds"));
  }
}
