package holdfast.harness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class SettableClock implements InstantSource {

  private final AtomicReference<Instant> now;

  public SettableClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /** A clock that stands at an ISO-8601 moment. */
  public static SettableClock at(String moment) {
    return new SettableClock(Instant.parse(moment));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  public void set(Instant moment) {
    now.set(moment);
  }

  /** Moves on, or back where {@code by} is negative. */
  public void move(Duration by) {
    now.updateAndGet(moment -> moment.plus(by));
  }
}
