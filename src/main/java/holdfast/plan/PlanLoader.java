package holdfast.plan;

import java.util.List;
import java.util.Optional;

/**
 * Reads {@code application.yml} and {@code systems/*.yml} into records, or into findings that say
 * what to mend.
 */
public final class PlanLoader {

  /**
   * What reading came to.
   *
   * @param plans absent when any finding is an error
   */
  public record Loaded(Optional<Plans> plans, List<Finding> findings) {}

  private final Home home;

  public PlanLoader(Home home) {
    this.home = home;
  }

  /** Reads everything below the home folder; never throws for what an operator can get wrong. */
  public Loaded load() {
    throw new UnsupportedOperationException("not built yet: " + home);
  }
}
