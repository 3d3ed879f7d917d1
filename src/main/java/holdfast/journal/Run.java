package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an act.
 *
 * @param id sorts by time
 * @param trigger what started it: {@code schedule:NAME}, {@code cli}, {@code api}, {@code page},
 *     {@code proof}
 * @param actor the user, token or node that asked
 * @param fireTime the scheduled moment; absent when somebody asked
 * @param token the fencing token of the asset's lease; 0 for kinds that take none
 * @param point the recovery point it makes or reads
 * @param startedAt when it began; while QUEUED, when it was asked for
 * @param progress newest progress; absent before the first byte
 * @param failureCode set when FAILED, ABANDONED, CANCELLED or SKIPPED
 * @param failure one sentence for a person
 */
public record Run(
    String id,
    Kind kind,
    AssetId asset,
    State state,
    String trigger,
    String actor,
    @Nullable Instant fireTime,
    long token,
    @Nullable String point,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Progress progress,
    @Nullable Code failureCode,
    @Nullable String failure) {

  /** Whether it has come to its end, good or bad. */
  public boolean over() {
    return endedAt != null;
  }

  /** What is executed. */
  public enum Kind {
    BACKUP,
    VERIFY,
    RESTORE,
    COPY
  }

  /** QUEUED until its turn comes, RUNNING, then one of the others for good. */
  public enum State {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABANDONED,
    CANCELLED,
    SKIPPED
  }

  /**
   * How far a run is.
   *
   * @param phase dump, restore, query, or which store is waited for
   * @param bytes read from the source so far
   * @param expectedBytes the estimated total; absent when unknown
   * @param bytesPerSecond over the last seconds
   */
  public record Progress(
      String phase,
      long bytes,
      @Nullable Long expectedBytes,
      long bytesPerSecond,
      @Nullable Long etaSeconds) {}
}
