package holdfast.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that runs, ahead of or behind this machine's by what a file says; every process that
 * opens the file sees each change at once.
 */
public final class ShiftedClock implements InstantSource {

  private final InstantSource machine = InstantSource.system();
  private final MappedByteBuffer millis;

  private ShiftedClock(MappedByteBuffer millis) {
    this.millis = millis;
  }

  /** The clock of {@code file}, which is made, with no shift, where there is none. */
  public static ShiftedClock of(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new ShiftedClock(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public Instant instant() {
    return machine.instant().plusMillis(millis.getLong(0));
  }

  /** Moves on, or back where {@code by} is negative. */
  public void move(Duration by) {
    millis.putLong(0, millis.getLong(0) + by.toMillis());
  }
}
