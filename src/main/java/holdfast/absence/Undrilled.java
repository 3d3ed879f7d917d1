package holdfast.absence;

import holdfast.custody.DrillCheck;
import holdfast.custody.KeyDrills;
import holdfast.incident.OwnAlarms;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Assets whose points the escrowed key does not open, or of which nobody has tried for too long.
 */
final class Undrilled implements Finder {

  private final KeyDrills drills;
  private final Plans plans;

  Undrilled(KeyDrills drills, Plans plans) {
    this.drills = drills;
    this.plans = plans;
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    return drills.standings().stream()
        .flatMap(standing -> trouble(standing, now).stream())
        .toList();
  }

  private Optional<Trouble> trouble(KeyDrills.Standing standing, Instant now) {
    if (standing.failed()) {
      return Optional.of(
          told(
              standing,
              Severity.CRITICAL,
              "Backups of %s are unreadable with the escrowed key",
              DrillCheck.failure(standing)));
    }
    return DrillCheck.isOverdue(standing, plans.installation().keys(), now)
        ? Optional.of(
            told(
                standing,
                Severity.MEDIUM,
                "The drill of the escrowed key of %s is overdue",
                DrillCheck.overdue(standing)))
        : Optional.empty();
  }

  private Trouble told(KeyDrills.Standing standing, Severity severity, String title, String text) {
    return new Trouble(
        standing.asset().toString(),
        severity,
        OwnAlarms.subject(plans, standing.asset()),
        title.formatted(standing.asset()),
        text);
  }
}
