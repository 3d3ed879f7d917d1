package holdfast.report;

import holdfast.alarm.Availability;
import holdfast.alarm.ProbeLine;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.journal.Run;
import holdfast.plan.AssetId;
import holdfast.plan.Component;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objectives beside actuals, for everything protected, at one moment.
 *
 * @param at the moment it was looked at
 * @param assets how many are protected
 * @param within how many of them are proven within their objectives
 * @param undelivered by channel, what of the last 30 days nobody heard of; empty when all was sent
 */
public record Status(
    Instant at,
    int assets,
    int within,
    List<SystemLine> systems,
    List<UndeliveredLine> undelivered) {

  /**
   * Whether nobody needs to do anything: all is within its objectives, and every word was heard.
   */
  public boolean well() {
    return within == assets && undelivered.isEmpty();
  }

  /**
   * Messages that were given up, of one channel.
   *
   * @param run what the oldest tells of; absent where it is no run
   * @param incident what the oldest tells of; absent where it is no incident
   * @param reason one sentence
   */
  public record UndeliveredLine(
      String channel,
      long count,
      Instant oldest,
      @Nullable String run,
      @Nullable String incident,
      String reason) {}

  /**
   * One system, its parts in the order declared.
   *
   * @param availability of the components that probes tell of
   */
  public record SystemLine(
      String name,
      String description,
      List<AssetLine> assets,
      List<ProbeLine> probes,
      List<Availability> availability) {}

  /**
   * One asset.
   *
   * @param within whether the newest proof passed and RPO and RTO are both met
   * @param reason one sentence: why it is, or is not, within its objectives
   * @param rpoTarget absent where the plan sets none
   * @param rpoActual age of the newest restorable point; absent where there is none
   * @param rtoTarget absent where the plan sets none
   * @param rtoActual what the newest proof that restored took; absent where there is none
   * @param last newest point that may be restored
   * @param proof newest proof of any point, whatever its verdict
   * @param next absent when paused or without a schedule
   * @param running runs of this asset that are active now
   * @param lastRun newest run that ended
   * @param provenAge age of the newest proven point; absent where there is none
   * @param rtoKind what was timed, in words; absent where nothing was
   * @param lastFailure newest run that ended badly, whatever came after it
   * @param success backups of the last 30 days
   */
  public record AssetLine(
      AssetId id,
      String component,
      Component.Priority priority,
      boolean within,
      String reason,
      @Nullable Duration rpoTarget,
      @Nullable Duration rpoActual,
      @Nullable Duration rtoTarget,
      @Nullable Duration rtoActual,
      @Nullable PointLine last,
      @Nullable ProofLine proof,
      @Nullable Next next,
      boolean paused,
      List<Run> running,
      @Nullable Run lastRun,
      @Nullable Duration provenAge,
      @Nullable String rtoKind,
      @Nullable Run lastFailure,
      Success success) {}

  /**
   * How many backups ended well.
   *
   * @param ended those that ended, skipped ones left out
   * @param share between 0 and 1; absent where none ended
   */
  public record Success(long succeeded, long ended, @Nullable Double share) {}

  /** A recovery point without its manifest. */
  public record PointLine(String id, Point.State state, Instant at, long sealedBytes) {}

  /** A proof without its answers. */
  public record ProofLine(
      String runId, String point, Proof.Verdict verdict, String reason, Instant endedAt) {}

  /** The next scheduled backup. */
  public record Next(String schedule, Instant at, ZoneId zone) {}
}
