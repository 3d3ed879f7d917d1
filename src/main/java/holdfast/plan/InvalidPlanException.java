package holdfast.plan;

import java.util.List;

/** The plan cannot be used; the findings say what to mend. */
public final class InvalidPlanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  public InvalidPlanException(List<Finding> findings) {
    super("The plan has " + findings.size() + " finding(s); run 'holdfast check'.");
    this.findings = List.copyOf(findings);
  }

  /** Errors and warnings, sorted by file and line. */
  public List<Finding> findings() {
    return findings;
  }
}
