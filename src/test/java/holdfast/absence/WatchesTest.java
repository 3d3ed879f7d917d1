package holdfast.absence;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchesTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger looks = new AtomicInteger();

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.move(time);
  }

  private Watch well(String name, Duration every) {
    return new Watch(name, "Something", every, looks::incrementAndGet);
  }

  private static Watch failing() {
    return new Watch(
        "broken",
        "Something",
        Watch.OFTEN,
        () -> {
          throw new IllegalStateException("no eyes");
        });
  }

  private Watches of(Watch... all) {
    return new Watches(List.of(all), clock, nanos::get);
  }

  @Test
  void each_looks_as_often_as_it_wants_to() {
    Watches watches = of(well("hourly", Duration.ofHours(1)));
    for (int minute = 0; minute < 119; minute++) {
      watches.look();
      pass(Duration.ofMinutes(1));
    }

    assertThat(looks).hasValue(2);
  }

  @Test
  void one_that_fails_keeps_no_other_from_looking_and_is_blind_in_time() {
    Watches watches = of(failing(), well("well", Watch.OFTEN));
    assertThat(watches.look()).isEqualTo(1);
    assertThat(watches.blind()).isEmpty();
    assertThat(watches.lines().get(0).failure()).isEqualTo("no eyes");
    pass(Watch.OFTEN.multipliedBy(2).plus(Watches.GRACE));
    watches.look();
    assertThat(watches.blind()).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(watches.blind()).containsExactly("broken");
    assertThat(watches.lines().get(0).lookedAt()).isNull();
    assertThat(watches.lines().get(1).found()).isEqualTo(2);
  }

  @Test
  void all_are_blind_when_nobody_lets_them_look() {
    Watches watches = of(well("a", Watch.OFTEN), well("b", Watch.OFTEN));
    watches.look();
    pass(Duration.ofMinutes(3));

    assertThat(watches.blind()).containsExactly("a", "b");
    watches.look();
    assertThat(watches.blind()).isEmpty();
  }
}
