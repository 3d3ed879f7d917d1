package holdfast.journal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way. Claiming is SQL in the routes ({@code sql/claim-outbox.sql}); this is all
 * the rest.
 */
public final class Outbox {

  /**
   * One message for one channel.
   *
   * @param event as JSON, the {@link Event}
   * @param receipt what the channel answered
   */
  public record Entry(
      long id,
      String channel,
      String event,
      State state,
      int attempts,
      Instant createdAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant nextAttemptAt,
      @Nullable String receipt,
      @Nullable String error) {}

  /** WAITING and SENDING entries are retried with backoff; DEAD ones ran out of attempts. */
  public enum State {
    WAITING,
    SENDING,
    DELIVERED,
    DEAD
  }

  /** Marks an entry delivered. */
  public void delivered(long id, String receipt) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Notes a failed attempt and when the next one is due; {@code error} never holds a secret. */
  public void failed(long id, String error) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Newest first. */
  public List<Entry> recent(int limit) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The entries of a run, oldest first. */
  public List<Entry> ofRun(String runId) {
    throw new UnsupportedOperationException("not built yet");
  }
}
