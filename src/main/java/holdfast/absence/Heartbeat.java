package holdfast.absence;

import holdfast.journal.RunException;
import holdfast.plan.Precautions;
import holdfast.plan.SecretMissingException;
import holdfast.plan.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our sign of life to somebody outside who misses it when it stays away. It is given only while
 * nothing is stuck; whatever stops this process, its journal or its timers stops it too.
 */
public final class Heartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Precautions.@Nullable Heartbeat plan;
  private final Secrets secrets;
  private final Pulses pulses;
  private final Watches watches;
  private final InstantSource clock;
  private final Beacon beacon = new Beacon();
  private volatile @Nullable Beat newest;
  private volatile @Nullable Instant given;
  private volatile long tried;

  Heartbeat(
      Precautions.@Nullable Heartbeat plan,
      Secrets secrets,
      Pulses pulses,
      Watches watches,
      InstantSource clock) {
    this.plan = plan;
    this.secrets = secrets;
    this.pulses = pulses;
    this.watches = watches;
    this.clock = clock;
    this.tried = System.nanoTime() - (plan == null ? 0 : plan.every().toNanos());
  }

  /**
   * One turn.
   *
   * @param stuck why no sign was given; absent where one was
   * @param failure why it did not get through; absent where it did
   */
  public record Beat(Instant at, @Nullable String stuck, @Nullable String failure) {

    /** Whether somebody outside has heard it. */
    public boolean given() {
      return stuck == null && failure == null;
    }
  }

  /** Gives the sign when its turn has come and nothing is stuck. */
  public void beat() {
    if (plan == null || System.nanoTime() - tried < plan.every().toNanos()) {
      return;
    }
    tried = System.nanoTime();
    String stuck = stuck();
    String failure = stuck == null || plan.fail() ? send(plan, stuck) : null;
    Beat before = newest;
    Beat beat = new Beat(clock.instant(), stuck, failure);
    newest = beat;
    if (beat.given()) {
      given = beat.at();
    }
    tell(before, beat);
  }

  private @Nullable String stuck() {
    try {
      return pulses.take(watches.blind()).stuck().orElse(null);
    } catch (RunException e) {
      return e.getMessage();
    } catch (RuntimeException e) {
      LOG.error("It cannot be found out whether anything is stuck", e);
      return "It cannot be found out whether anything is stuck.";
    }
  }

  private @Nullable String send(Precautions.Heartbeat wanted, @Nullable String stuck) {
    try {
      return beacon.send(secrets.read(wanted.url()).reveal().strip(), stuck).orElse(null);
    } catch (SecretMissingException e) {
      return e.getMessage();
    }
  }

  /** Once when it changes. */
  private static void tell(@Nullable Beat before, Beat beat) {
    boolean known =
        before != null
            && java.util.Objects.equals(before.stuck(), beat.stuck())
            && java.util.Objects.equals(before.failure(), beat.failure());
    if (known) {
      return;
    }
    if (beat.stuck() != null) {
      LOG.error("The sign of life is withheld. {}", beat.stuck());
    }
    if (beat.failure() != null) {
      LOG.warn("The sign of life did not get through. {}", beat.failure());
    }
    if (beat.given() && before != null) {
      LOG.info("The sign of life is given again");
    }
  }

  /** Whether the plan asks for one. */
  public boolean declared() {
    return plan != null;
  }

  /** The newest turn, whatever came of it. */
  public Optional<Beat> newest() {
    return Optional.ofNullable(newest);
  }

  /** When somebody outside last heard one. */
  public Optional<Instant> given() {
    return Optional.ofNullable(given);
  }

  /** Whether one was to be heard by now and was not. */
  public boolean missed() {
    Beat beat = newest;
    return beat != null && !beat.given() && (given == null || isLate(beat));
  }

  private boolean isLate(Beat beat) {
    Instant last = given;
    Duration allowed = plan == null ? Duration.ZERO : plan.every().multipliedBy(3);
    return last == null || last.plus(allowed).isBefore(beat.at());
  }
}
