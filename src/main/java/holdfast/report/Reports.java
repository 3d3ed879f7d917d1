package holdfast.report;

/** Reads journal and catalog for people. */
public interface Reports {

  /** Objectives beside actuals, now. */
  Status status();
}
