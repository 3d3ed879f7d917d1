package holdfast.plan;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Warns of plans that nobody has read again in time. */
final class ReviewCheck implements Check {

  private final InstantSource clock;

  ReviewCheck(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return plans.systems().stream()
        .filter(system -> system.nextReview() != null && system.nextReview().isBefore(today))
        .map(
            system ->
                Finding.warning(
                    system.origin(),
                    "The plan of system '%s' was due for review on %s."
                        .formatted(system.name(), system.nextReview()),
                    "Read it with %s, then set last-review and next-review."
                        .formatted(system.owner())))
        .toList();
  }
}
