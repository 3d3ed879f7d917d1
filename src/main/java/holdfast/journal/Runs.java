package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this installation. Every change is one transaction together with its audit entry and
 * its outbox rows.
 */
public final class Runs {

  /**
   * What is asked for when a run begins.
   *
   * @param id from {@link Ids}, chosen by whoever asks
   */
  public record Request(
      String id,
      Run.Kind kind,
      AssetId asset,
      String trigger,
      String actor,
      @Nullable Instant fireTime,
      @Nullable String point) {}

  /**
   * Begins a run. A BACKUP takes the asset's lease by database time and gets the next fencing
   * token.
   *
   * @throws RunException BUSY when another backup of the asset holds the lease; that skip is
   *     recorded as a SKIPPED run first
   */
  public Run begin(Request request) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Records the fire of a schedule; false when this (asset, fire time) was recorded before, by any
   * node.
   */
  public boolean fire(AssetId asset, String schedule, Instant fireTime, boolean missed) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The newest fire time recorded for a schedule; where there is none, now is recorded as first
   * sight and returned.
   */
  public Instant lastFire(AssetId asset, String schedule) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Extends the lease and notes progress. Throws FENCED when the lease is lost, CANCELLED when
   * somebody asked for that.
   */
  public void heartbeat(Run run, Run.@Nullable Progress progress) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Throws FENCED unless {@code run} still holds its lease and is RUNNING; call within the
   * transaction it protects.
   */
  public void requireFence(Run run) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Ends a run well, frees its lease, and commits {@code events} with it. Joins the caller's
   * transaction.
   */
  public void succeed(Run run, @Nullable String point, List<Event> events) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Ends a run badly (FAILED, CANCELLED or ABANDONED by the code), frees its lease, commits {@code
   * events}. Idempotent.
   */
  public void fail(Run run, RunException failure, List<Event> events) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Asks a running run to stop; its next heartbeat throws CANCELLED. */
  public void cancel(String runId, String actor) {
    throw new UnsupportedOperationException("not built yet");
  }

  public Optional<Run> find(String runId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Newest first. */
  public List<Run> recent(@Nullable AssetId asset, int limit) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Runs still RUNNING whose lease or heartbeat has lapsed, to be closed as ABANDONED. */
  public List<Run> lapsed() {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Pauses or resumes the schedules of an asset, or of a whole system when {@code asset} is null.
   */
  public void pause(String system, @Nullable String asset, boolean paused, String actor) {
    throw new UnsupportedOperationException("not built yet");
  }

  public boolean paused(AssetId asset) {
    throw new UnsupportedOperationException("not built yet");
  }
}
