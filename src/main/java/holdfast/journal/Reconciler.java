package holdfast.journal;

/** Closes what nobody will close any more: at start, and every minute. */
public final class Reconciler {

  private final Runs runs;
  private final Outcomes outcomes;

  public Reconciler(Runs runs, Outcomes outcomes) {
    this.runs = runs;
    this.outcomes = outcomes;
  }

  /**
   * Closes runs, queued ones too, whose heartbeat lapsed as ABANDONED, with a message each, and
   * gives back messages whose sender ended. How many runs were closed.
   */
  public int closeLapsed() {
    outcomes.giveBack();
    runs.lapseEnded();
    return (int) runs.lapsed().stream().filter(runs::closeIfLapsed).count();
  }
}
