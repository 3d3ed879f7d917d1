package holdfast.alarm;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ProbeSpec;

/**
 * What one look found.
 *
 * @param reason one sentence; empty where all is well
 */
record ProbeResult(ProbeState state, String reason) {

  private static final int LONGEST = 500;

  static final ProbeResult WELL = new ProbeResult(ProbeState.UP, "");

  static ProbeResult failed(String reason) {
    return new ProbeResult(ProbeState.DOWN, line(reason));
  }

  static ProbeResult couldNot(String reason) {
    return new ProbeResult(ProbeState.COULD_NOT_PROBE, line(reason));
  }

  static ProbeResult late(ProbeSpec spec) {
    return failed(
        "%s did not answer within %d s.".formatted(about(spec), spec.timeout().toSeconds()));
  }

  /** A refusal that is about our own way in says nothing of what was looked at. */
  static ProbeResult of(RunException refusal) {
    boolean ours =
        refusal.code() == Code.DENIED
            || refusal.code() == Code.UNFIT_TOOL
            || refusal.code() == Code.INTERNAL;
    String reason = String.valueOf(refusal.getMessage());
    return ours ? couldNot(reason) : failed(reason);
  }

  /** What is looked at, as a sentence may begin. */
  static String about(ProbeSpec spec) {
    if (spec.target() instanceof ProbeSpec.Http http) {
      return http.shown();
    }
    return spec.target() instanceof ProbeSpec.Database database
        ? "Database %s of connection %s".formatted(database.database(), database.connection())
        : "The server of connection %s"
            .formatted(((ProbeSpec.ReplicaLag) spec.target()).connection());
  }

  /** Others' words are shortened, and stay on one line. */
  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
