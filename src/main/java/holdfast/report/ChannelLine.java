package holdfast.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import holdfast.notify.Circuits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one channel stands.
 *
 * @param kind in words, such as {@code email}
 * @param fallback the channel that stands in for it; absent for none
 * @param succeeded when it last took a message; absent where it never did
 * @param failed when an attempt last failed; absent where none did
 * @param failure why, in one sentence without secrets
 * @param circuit whether this service tries it now
 * @param waiting messages on their way
 * @param oldest when the first of them was written
 * @param dead messages of the last 30 days that were given up
 * @param died when the newest of them was written
 * @param test the newest test of alarms that asked it; absent before the first
 */
public record ChannelLine(
    String channel,
    String kind,
    @Nullable String fallback,
    @Nullable Instant succeeded,
    @Nullable Instant failed,
    @Nullable String failure,
    Circuits.State circuit,
    long waiting,
    @Nullable Instant oldest,
    long dead,
    @Nullable Instant died,
    @Nullable Test test,
    Instant at) {

  /** For so long a message may wait before its channel counts as one in trouble. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What people want to know first. */
  public enum Standing {
    WORKS,
    TROUBLE,
    /** It was never asked to do anything. */
    UNTRIED
  }

  /**
   * A test of alarms, as this channel saw it.
   *
   * @param over whether its time is over, or every channel has confirmed it
   * @param confirmedAt when the channel took it; absent where it has not
   * @param receipt the channel's own id or status for it
   * @param lastConfirmedAt when the channel took the newest test that it took
   */
  public record Test(
      String id,
      Instant startedAt,
      boolean over,
      @Nullable Instant confirmedAt,
      @Nullable String receipt,
      @Nullable Instant lastConfirmedAt) {}

  @JsonProperty
  public Standing standing() {
    if (!trouble().isEmpty()) {
      return Standing.TROUBLE;
    }
    return succeeded == null ? Standing.UNTRIED : Standing.WORKS;
  }

  /** What is wrong with it, in one sentence; empty where nothing is. */
  @JsonProperty
  public String trouble() {
    if (isAfterSuccess(died)) {
      return "It did not take its newest messages, and they were given up.";
    }
    if (circuit != Circuits.State.CLOSED) {
      return "It failed several times in a row or asked for time, and is left alone for a while.";
    }
    if (isAfterSuccess(failed)) {
      return "Its newest attempt failed.";
    }
    if (oldest != null && oldest.plus(PATIENCE).isBefore(at)) {
      return "A message waits and is not taken.";
    }
    return test != null && test.over() && test.confirmedAt() == null
        ? "It did not confirm the newest test of alarms."
        : "";
  }

  private boolean isAfterSuccess(@Nullable Instant moment) {
    return moment != null && (succeeded == null || moment.isAfter(succeeded));
  }
}
