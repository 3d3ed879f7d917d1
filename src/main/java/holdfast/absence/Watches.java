package holdfast.absence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets every watch look in its turn. One that fails does not keep the others from looking, and is
 * itself told of once it has not looked for too long: the silence of a watch is no good news.
 */
public final class Watches {

  /** What a look may be late, beyond twice its own time. */
  static final Duration GRACE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final List<Watch> watches;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final long began;
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  /** As this machine counts time, whatever its clock says. */
  Watches(List<Watch> watches, InstantSource clock) {
    this(watches, clock, System::nanoTime);
  }

  Watches(List<Watch> watches, InstantSource clock, LongSupplier nanos) {
    this.watches = List.copyOf(watches);
    this.clock = clock;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /**
   * The newest look of one watch.
   *
   * @param tried when, as the machine counts
   * @param well the same of the newest that did not fail; absent where none was
   */
  private record Look(
      long tried, @Nullable Long well, @Nullable Instant at, int found, @Nullable String failure) {}

  /**
   * How a watch stands.
   *
   * @param lookedAt when it last looked and did not fail; absent where it never did
   * @param found how much it found then
   * @param failure why its newest look failed; absent where it did not
   * @param blind whether it has not looked for too long
   */
  public record Line(
      String name,
      String what,
      @Nullable Instant lookedAt,
      int found,
      @Nullable String failure,
      boolean blind) {}

  /** Lets those look whose turn it is; how much they found. */
  public int look() {
    return watches.stream().filter(this::isDue).mapToInt(this::look).sum();
  }

  private boolean isDue(Watch watch) {
    Look before = looks.get(watch.name());
    return before == null || nanos.getAsLong() - before.tried() >= watch.every().toNanos();
  }

  private int look(Watch watch) {
    long now = nanos.getAsLong();
    Look before = looks.get(watch.name());
    try {
      int found = watch.look().getAsInt();
      looks.put(watch.name(), new Look(now, now, clock.instant(), found, null));
      return found;
    } catch (RuntimeException e) { // one watch must not blind the others
      String failure = String.valueOf(e.getMessage());
      if (before == null || before.failure() == null) {
        LOG.error("The watch {} cannot look: {}", watch.name(), failure, e);
      }
      looks.put(
          watch.name(),
          before == null
              ? new Look(now, null, null, 0, failure)
              : new Look(now, before.well(), before.at(), before.found(), failure));
      return 0;
    }
  }

  /** Every watch, in the order declared. */
  public List<Line> lines() {
    return watches.stream().map(this::line).toList();
  }

  private Line line(Watch watch) {
    Look look = looks.get(watch.name());
    return new Line(
        watch.name(),
        watch.what(),
        look == null ? null : look.at(),
        look == null ? 0 : look.found(),
        look == null ? null : look.failure(),
        isBlind(watch, look));
  }

  private boolean isBlind(Watch watch, @Nullable Look look) {
    long since = look == null || look.well() == null ? began : look.well();
    Duration allowed = watch.every().multipliedBy(2).plus(GRACE);
    return nanos.getAsLong() - since > allowed.toNanos();
  }

  /** The names of those that have not looked for too long. */
  public List<String> blind() {
    return lines().stream().filter(Line::blind).map(Line::name).toList();
  }
}
