package holdfast.report;

import holdfast.journal.Code;
import holdfast.journal.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backup that came to nothing is run again before its next time, and when. Only where the
 * next one would come too late for what was promised; and not for ever: what three more attempts do
 * not mend needs a person, who was told. Pure.
 */
public final class Rerun {

  /** The name of the schedule that such runs stand under. */
  public static final String SCHEDULE = "retry";

  private static final String TRIGGER = "schedule:" + SCHEDULE;

  /** Failures that may be over by themselves. */
  private static final Set<Code> PASSING =
      EnumSet.of(
          Code.UNREACHABLE,
          Code.STALLED,
          Code.PROGRAM_FAILED,
          Code.TRUNCATED,
          Code.CORRUPT,
          Code.FENCED,
          Code.ABANDONED);

  private static final List<Duration> PAUSES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));

  private Rerun() {}

  /**
   * What the decision rests on.
   *
   * @param backups of the asset, newest first, skipped ones left out
   * @param rpo what was promised; absent where nothing was
   * @param newest whose data the newest restorable point holds; absent where there is none
   * @param next when the next schedule is due; absent where none is
   */
  public record Facts(
      List<Run> backups,
      @Nullable Duration rpo,
      @Nullable Instant newest,
      @Nullable Instant next) {}

  /** When the asset's backup is to be run again; empty when it is not. */
  public static Optional<Instant> at(Facts facts) {
    Run last = facts.backups().isEmpty() ? null : facts.backups().get(0);
    if (last == null || last.endedAt() == null || !isPassing(last) || !isDemanded(facts)) {
      return Optional.empty();
    }
    int attempts = (int) facts.backups().stream().takeWhile(Rerun::isRepeated).count();
    return attempts < PAUSES.size()
        ? Optional.of(last.endedAt().plus(PAUSES.get(attempts)))
        : Optional.empty();
  }

  private static boolean isPassing(Run run) {
    boolean failed = run.state() == Run.State.FAILED || run.state() == Run.State.ABANDONED;
    return failed && run.failureCode() != null && PASSING.contains(run.failureCode());
  }

  private static boolean isRepeated(Run run) {
    return run.trigger().equals(TRIGGER) && run.state() != Run.State.SUCCEEDED;
  }

  /** Without another run, more work could be lost than was promised. */
  private static boolean isDemanded(Facts facts) {
    if (facts.rpo() == null) {
      return false;
    }
    Instant limit = facts.newest() == null ? Instant.MIN : facts.newest().plus(facts.rpo());
    return facts.next() == null || limit.isBefore(facts.next());
  }
}
