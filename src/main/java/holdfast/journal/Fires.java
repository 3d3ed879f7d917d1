package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The moments at which assets were due, each recorded once by whichever node comes first. */
final class Fires {

  /** A recorded fire that no run followed. */
  record Idle(AssetId asset, String schedule, Instant fireTime) {}

  private final Transaction journal;
  private final InstantSource clock;

  Fires(Transaction journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** What became of a moment. */
  enum Outcome {
    DUE,
    MISSED,
    PAUSED
  }

  /**
   * Records the moment and how far the schedule has come; false when the moment was recorded
   * before, be it for another schedule of the asset.
   */
  boolean record(AssetId asset, String schedule, Instant fireTime, Outcome outcome) {
    boolean first =
        about(
                    asset,
                    """
                    INSERT INTO fires (system, asset, schedule, fire_time, outcome, recorded_at)
                    VALUES (:system, :asset, :schedule, :fire, :outcome, :now)
                    ON CONFLICT DO NOTHING""")
                .param("schedule", schedule)
                .param("fire", Column.of(fireTime))
                .param("outcome", outcome.name())
                .param("now", Column.of(clock.instant()))
                .update()
            == 1;
    about(
            asset,
            """
            INSERT INTO schedules (system, asset, schedule, last_fire)
            VALUES (:system, :asset, :schedule, :fire)
            ON CONFLICT (system, asset, schedule)
            DO UPDATE SET last_fire = greatest(schedules.last_fire, excluded.last_fire)""")
        .param("schedule", schedule)
        .param("fire", Column.of(fireTime))
        .update();
    return first;
  }

  /** The newest moment of a schedule; now, and recorded as such, at first sight. */
  Instant last(AssetId asset, String schedule) {
    about(
            asset,
            """
            INSERT INTO schedules (system, asset, schedule, last_fire)
            VALUES (:system, :asset, :schedule, :now) ON CONFLICT DO NOTHING""")
        .param("schedule", schedule)
        .param("now", Column.of(clock.instant()))
        .update();
    return about(
            asset,
            """
            SELECT last_fire FROM schedules
            WHERE system = :system AND asset = :asset AND schedule = :schedule""")
        .param("schedule", schedule)
        .query((row, number) -> Column.moment(row, "last_fire"))
        .single();
  }

  /** Turns the fires that no run has followed for {@code grace} into missed ones. */
  List<Idle> miss(Duration grace) {
    return journal
        .sql(
            """
            UPDATE fires SET outcome = 'MISSED'
            WHERE outcome = 'DUE' AND recorded_at <= :before AND NOT EXISTS (
              SELECT 1 FROM runs WHERE runs.system = fires.system AND runs.asset = fires.asset
                AND runs.fire_time = fires.fire_time)
              AND fire_time > :horizon
            RETURNING system, asset, schedule, fire_time""")
        .param("before", Column.of(clock.instant().minus(grace)))
        .param("horizon", Column.of(clock.instant().minus(Duration.ofDays(30))))
        .query(
            (row, number) ->
                new Idle(
                    new AssetId(row.getString("system"), row.getString("asset")),
                    row.getString("schedule"),
                    Column.moment(row, "fire_time")))
        .list();
  }

  private StatementSpec about(AssetId asset, String text) {
    return journal.sql(text).param("system", asset.system()).param("asset", asset.asset());
  }
}
