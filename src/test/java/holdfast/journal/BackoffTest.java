package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void waits_grow_from_seconds_to_hours_and_end_after_about_a_day() {
    List<Duration> waits =
        IntStream.range(1, Backoff.ATTEMPTS)
            .mapToObj(attempts -> Backoff.after(attempts).orElseThrow())
            .toList();

    assertThat(waits).isSorted().first().isEqualTo(Duration.ofSeconds(5));
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofHours(23), Duration.ofHours(25));
  }

  @Test
  void there_is_no_wait_after_the_last_attempt() {
    assertThat(Backoff.after(Backoff.ATTEMPTS)).isEqualTo(Optional.empty());
    assertThat(Backoff.after(Integer.MAX_VALUE)).isEqualTo(Optional.empty());
  }
}
