package holdfast.camel;

import holdfast.plan.Finding;
import java.util.List;

/**
 * Puts changed route files to work, one file at a time; a bad one leaves its old version running.
 */
public interface RouteReload {

  /**
   * What a reload did.
   *
   * @param changed files now live in a new version, relative to the home folder
   * @param refused why the others are not
   */
  record Outcome(List<String> changed, List<Finding> refused) {}

  /** Reloads whatever changed. */
  Outcome reload(String actor);
}
