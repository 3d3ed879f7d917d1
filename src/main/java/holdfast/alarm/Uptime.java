package holdfast.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which a component was found usable, or not: down while any of its probes
 * was, up while all were. Pure.
 */
record Uptime(Instant from, Instant to, boolean up) {

  /**
   * What one probe said last.
   *
   * @param at absent before the first look
   * @param holds for how long that may be believed
   */
  record Word(ProbeState state, @Nullable Instant at, Duration holds) {

    private Instant until() {
      return Objects.requireNonNull(at).plus(holds);
    }
  }

  /**
   * The stretch that can be told of between the newest of {@code words} and {@code now}; empty
   * where nothing is known.
   */
  static Optional<Uptime> since(List<Word> words, Instant now) {
    Optional<Instant> from =
        words.stream().map(Word::at).filter(Objects::nonNull).max(Instant::compareTo);
    if (from.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> down =
        words.stream()
            .filter(word -> word.state() == ProbeState.DOWN)
            .map(Word::until)
            .max(Instant::compareTo);
    return stretch(from.get(), down, now, false)
        .or(() -> stretch(from.get(), allUp(words), now, true));
  }

  private static Optional<Instant> allUp(List<Word> words) {
    return words.stream().allMatch(word -> word.state() == ProbeState.UP)
        ? words.stream().map(Word::until).min(Instant::compareTo)
        : Optional.empty();
  }

  private static Optional<Uptime> stretch(
      Instant from, Optional<Instant> until, Instant now, boolean up) {
    return until
        .map(end -> end.isBefore(now) ? end : now)
        .filter(end -> end.isAfter(from))
        .map(end -> new Uptime(from, end, up));
  }
}
