package holdfast.plan;

import java.util.List;

/**
 * One examination that {@code holdfast check} makes; a check that could not run reports that as a
 * finding.
 */
public interface Check {

  /** Findings, empty when all is well; never throws for what an operator can get wrong. */
  List<Finding> findings(Plans plans);
}
