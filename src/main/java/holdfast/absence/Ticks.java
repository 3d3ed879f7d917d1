package holdfast.absence;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When the timers last woke the schedules, as this machine counts. */
public final class Ticks {

  private final LongSupplier nanos;
  private volatile long last;

  Ticks() {
    this(System::nanoTime);
  }

  Ticks(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** They just did. */
  public void tick() {
    last = nanos.getAsLong();
  }

  /** Whether nothing woke them for longer than {@code patience}, or since the start. */
  boolean late(Duration patience) {
    return nanos.getAsLong() - last > patience.toNanos();
  }
}
