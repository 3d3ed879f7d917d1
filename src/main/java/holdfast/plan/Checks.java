package holdfast.plan;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Everything that {@code holdfast check} examines: the files first, then what they name. */
public final class Checks {

  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing((Finding finding) -> String.valueOf(finding.file()))
          .thenComparingInt(Finding::line);

  private final List<Check> checks;

  public Checks(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /** The checks of the plan alone, for use without the service. */
  public static Checks ofPlan(InstantSource clock) {
    return new Checks(List.of(new ReviewCheck(clock)));
  }

  /**
   * The loader's findings and, where the files could be read, those of every check; sorted by file
   * and line.
   */
  public List<Finding> findings(PlanLoader.Loaded loaded) {
    List<Finding> all = new ArrayList<>(loaded.findings());
    loaded.plans().ifPresent(plans -> checks.forEach(check -> all.addAll(check.findings(plans))));
    return sorted(all);
  }

  /**
   * As {@link #findings(PlanLoader.Loaded)}, with the checks of one room only, or of several,
   * joined by commas.
   */
  public List<Finding> findings(PlanLoader.Loaded loaded, String room) {
    return new Checks(checks.stream().filter(check -> of(check, room)).toList()).findings(loaded);
  }

  /** All but the checks of one room. */
  public Checks without(String room) {
    return new Checks(checks.stream().filter(check -> !of(check, room)).toList());
  }

  private static boolean of(Check check, String room) {
    return Arrays.stream(room.split(","))
        .anyMatch(one -> check.getClass().getPackageName().equals("holdfast." + one));
  }

  static List<Finding> sorted(List<Finding> findings) {
    return findings.stream().distinct().sorted(BY_PLACE).toList();
  }
}
