package holdfast.camel;

import holdfast.plan.Finding;
import java.util.List;

/** Examines the route files as they are on disk, without touching what runs. */
public interface RouteCheck {

  /** Findings, empty when every file may be loaded. */
  List<Finding> check();
}
