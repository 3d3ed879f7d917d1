package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The campaigns about many events in their short form: their counts, not their times. */
class FloodTest {

  private static final long EVENTS = 600;
  private static final long SECONDS = 8;

  /** On a machine that is busy with other tests, a gust is told in a digest 20 seconds later. */
  private static final Duration DIGESTS = Duration.ofSeconds(60);

  @Test
  void a_storm_with_a_kill_loses_nothing_says_little_and_still_calls() throws Exception {
    Map<String, Object> counted = new Storm().run(EVENTS, 7);

    assertThat(counted)
        .containsEntry("accepted", 2 * EVENTS)
        .containsEntry("lost", 0L)
        .containsEntry("unread", 0L);
    assertThat((Long) counted.get("messages_per_channel_one")).isBetween(1L, 3L);
    assertThat((Long) counted.get("messages_per_channel_many")).isBetween(1L, 10L);
    assertThat((Double) counted.get("critical_paged_s")).isBetween(0.0, 30.0);
  }

  @Test
  void each_new_trouble_among_many_old_ones_is_handed_over_on_three_channels() throws Exception {
    Map<String, Object> counted = new Latency(2, DIGESTS).run(SECONDS, 7);

    assertThat(counted).containsEntry("missing", 0L).containsEntry("measured", (int) (3 * SECONDS));
  }
}
