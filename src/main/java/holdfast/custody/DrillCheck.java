package holdfast.custody;

import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.KeySpec;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Whether the escrowed key was lately found to open what is there. */
public final class DrillCheck implements Check {

  /** How old the newest drill may grow where it is made every week by itself. */
  static final Duration DECLARED = KeyDrills.WEEKLY.plusDays(1);

  /** The same where somebody has to fetch the key. */
  static final Duration BY_HAND = Duration.ofDays(90);

  private final KeyDrills drills;
  private final InstantSource clock;

  DrillCheck(KeyDrills drills, InstantSource clock) {
    this.drills = drills;
    this.clock = clock;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    KeySpec keys = plans.installation().keys();
    Instant now = clock.instant();
    return drills.standings().stream()
        .flatMap(
            standing -> {
              if (standing.failed()) {
                return java.util.stream.Stream.of(
                    Finding.error(keys.origin(), failure(standing), REMEDY));
              }
              return isOverdue(standing, keys, now)
                  ? java.util.stream.Stream.of(
                      Finding.warning(keys.origin(), overdue(standing), MAKE))
                  : java.util.stream.Stream.<Finding>empty();
            })
        .toList();
  }

  private static final String REMEDY =
      "Find the key that opens them, or make a new one, add it to the recipients and back up.";
  private static final String MAKE =
      "Fetch it and run 'holdfast key drill --key FILE', or declare it as keys.escrow.";

  /** Whether no drill has passed for too long. Pure. */
  public static boolean isOverdue(KeyDrills.Standing standing, KeySpec keys, Instant now) {
    Duration allowed = keys.escrow() == null ? BY_HAND : DECLARED;
    return standing.since() != null && standing.since().plus(allowed).isBefore(now);
  }

  /** That the key does not open. */
  public static String failure(KeyDrills.Standing standing) {
    Drill drill = standing.newest();
    return drill == null
        ? ""
        : "The escrowed key does not open point %s of %s. %s"
            .formatted(drill.point(), drill.asset(), drill.reason());
  }

  /** That nobody has tried for too long. */
  public static String overdue(KeyDrills.Standing standing) {
    return "No drill has shown that the escrowed key opens a point of %s since %s."
        .formatted(standing.asset(), String.valueOf(standing.since()).substring(0, 10));
  }
}
