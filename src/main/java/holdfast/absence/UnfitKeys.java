package holdfast.absence;

import holdfast.plan.Finding;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.stream.KeyCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keys that would not do tonight, and keys that end within a month. */
final class UnfitKeys implements Finder {

  private final KeyCheck check;
  private final Plans plans;

  UnfitKeys(KeyCheck check, Plans plans) {
    this.check = check;
    this.plans = plans;
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    List<Trouble> found = new ArrayList<>();
    List<String> unfit =
        check.findings(plans).stream()
            .filter(finding -> finding.level() == Finding.Level.ERROR)
            .map(Finding::what)
            .toList();
    if (!unfit.isEmpty()) {
      found.add(told("unfit", Severity.CRITICAL, "Keys are missing or do not fit", unfit));
    }
    List<String> ending = check.expiring(plans).stream().map(Finding::what).toList();
    if (!ending.isEmpty()) {
      found.add(told("ending", Severity.MEDIUM, "Keys end within a month", ending));
    }
    return found;
  }

  private static Trouble told(String key, Severity severity, String title, List<String> what) {
    return new Trouble(
        key,
        severity,
        Trouble.about("the keys"),
        title,
        String.join(" ", what) + " 'holdfast key check' says how to mend it.");
  }
}
