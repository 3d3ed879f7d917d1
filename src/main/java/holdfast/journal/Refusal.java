package holdfast.journal;

import holdfast.plan.AssetId;
import org.jspecify.annotations.Nullable;

/** The sentences with which the journal says no. */
final class Refusal {

  private Refusal() {}

  static RunException busy(AssetId asset, String holder) {
    return new RunException(
        Code.BUSY,
        asset.toString(),
        true,
        "Another backup of %s is running (%s), so this one was skipped: wait for it or cancel it."
            .formatted(asset, holder));
  }

  static RunException begun(Run run) {
    return new RunException(
        Code.REFUSED,
        run.id(),
        false,
        "Run %s began or ended before, so it does not begin again: ask for a new one."
            .formatted(run.id()));
  }

  static RunException fenced(Run run) {
    return new RunException(
        Code.FENCED,
        run.asset().toString(),
        false,
        "Run %s of %s was closed, or its lease went to another run, so nothing of it counts: look for the newer run."
            .formatted(run.id(), run.asset()));
  }

  static RunException cancelled(Run run, String canceller) {
    return new RunException(
        Code.CANCELLED,
        run.asset().toString(),
        false,
        "Run %s was cancelled by %s.".formatted(run.id(), canceller));
  }

  static RunException notRunning(String runId) {
    return new RunException(
        Code.INVALID,
        runId,
        false,
        "There is no queued or running run %s to cancel: see 'holdfast runs'.".formatted(runId));
  }

  /** Its process is gone. {@code made} is the database that a restore may have left half loaded. */
  static RunException gone(Run run, @Nullable String made) {
    return new RunException(
        Code.ABANDONED,
        run.asset().toString(),
        true,
        (run.state() == Run.State.QUEUED
                    ? "The process that was to run %s of %s ended, or lost the journal, before the run began: ask for it again."
                    : "The process that ran %s of %s ended, or lost the journal, before the run did: start it again.")
                .formatted(run.id(), run.asset())
            + (made == null
                ? ""
                : " The database %s, which it had made, may be left half loaded: drop it."
                    .formatted(made)));
  }
}
