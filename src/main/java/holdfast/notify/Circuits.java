package holdfast.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which channels are worth trying. One that fails several times in a row is left alone for a while,
 * then tried with a single message; one that asks for time is given it.
 */
public final class Circuits {

  /** Failures in a row after which a channel is left alone. */
  static final int FAILURES = 5;

  static final Duration REST = Duration.ofSeconds(30);

  /** How many messages an open channel may be given at once. */
  static final int BATCH = 8;

  /** OPEN takes nothing; HALF_OPEN takes one message, which decides. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /**
   * @param until it takes nothing before then; absent for a channel that works
   */
  private record Circuit(int failures, @Nullable Instant until) {}

  private static final Circuit FRESH = new Circuit(0, null);

  private final InstantSource clock;
  private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

  public Circuits(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether the channel may be tried now. */
  public State state(String channel) {
    Circuit circuit = circuits.getOrDefault(channel, FRESH);
    if (circuit.until() == null) {
      return State.CLOSED;
    }
    if (clock.instant().isBefore(circuit.until())) {
      return State.OPEN;
    }
    return circuit.failures() >= FAILURES ? State.HALF_OPEN : State.CLOSED;
  }

  /** Whether it has failed so often that it is left alone; not whether it asked for time. */
  public boolean broken(String channel) {
    return circuits.getOrDefault(channel, FRESH).failures() >= FAILURES;
  }

  /** How many messages the channel may be given now. */
  public int admits(String channel) {
    return switch (state(channel)) {
      case CLOSED -> BATCH;
      case HALF_OPEN -> 1;
      case OPEN -> 0;
    };
  }

  /** The channel took a message. */
  public void delivered(String channel) {
    circuits.remove(channel);
  }

  /** The channel failed, which was not the message's fault. */
  public void failed(String channel) {
    circuits.merge(
        channel,
        new Circuit(1, null),
        (before, one) -> {
          int failures = before.failures() + 1;
          return new Circuit(
              failures, failures >= FAILURES ? clock.instant().plus(REST) : before.until());
        });
  }

  /** The channel wants to be left alone for {@code time}. */
  public void pause(String channel, Duration time) {
    Instant until = clock.instant().plus(time);
    circuits.merge(
        channel, new Circuit(0, until), (before, paused) -> new Circuit(before.failures(), until));
  }
}
