package holdfast.incident;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One test of the way from an event to the channels.
 *
 * @param dueAt the daily time it was made for; absent where a person asked
 * @param deadline by when every channel must have confirmed it
 * @param takenAt when its event was read and its messages were written
 * @param endedAt when the last channel confirmed it, or when it was given up
 */
public record AlarmTestRun(
    String id,
    @Nullable Instant dueAt,
    String askedBy,
    Instant startedAt,
    Instant deadline,
    @Nullable Instant takenAt,
    @Nullable Instant endedAt,
    State state,
    List<Answer> answers) {

  private static final Duration LATE = Duration.ofMinutes(2);

  /** How far it is. */
  public enum State {
    /** Not every channel has confirmed it, and there is time left. */
    OPEN,
    CONFIRMED,
    UNCONFIRMED
  }

  /**
   * What one channel said.
   *
   * @param attempts made so far
   * @param at when it took the message; absent before
   * @param receipt its own id or status for the message; absent before
   * @param failure why the last attempt failed; absent where none did
   */
  public record Answer(
      String channel,
      int attempts,
      @Nullable Instant at,
      @Nullable String receipt,
      @Nullable String failure) {

    @JsonProperty
    public boolean confirmed() {
      return at != null;
    }

    /** Whether it was tried often enough to say that it cannot be reached. */
    boolean unreachable() {
      return !confirmed() && failure != null && attempts >= AlarmTests.ATTEMPTS;
    }
  }

  /** Whether every channel took it. */
  boolean isConfirmed() {
    return takenAt != null && answers.stream().allMatch(Answer::confirmed);
  }

  /** Whether it was made only after a service that was down at its time came back. */
  @JsonProperty
  public boolean late() {
    return dueAt != null && startedAt.isAfter(dueAt.plus(LATE));
  }
}
