package holdfast.journal;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a run ends. Pure. */
final class Ending {

  private Ending() {}

  /** The run, SUCCEEDED. */
  static Run well(Run run, @Nullable String point, Instant at) {
    return ended(run, Run.State.SUCCEEDED, point == null ? run.point() : point, at, null);
  }

  /** The run, in the state that the failure's code stands for; a backup then made no point. */
  static Run badly(Run run, RunException failure, Instant at) {
    Run.State state =
        switch (failure.code()) {
          case CANCELLED -> Run.State.CANCELLED;
          case ABANDONED -> Run.State.ABANDONED;
          case BUSY -> Run.State.SKIPPED;
          default -> Run.State.FAILED;
        };
    String read = run.kind() == Run.Kind.BACKUP ? null : run.point();
    return ended(run, state, read, at, failure);
  }

  private static Run ended(
      Run run,
      Run.State state,
      @Nullable String point,
      Instant at,
      @Nullable RunException failure) {
    return new Run(
        run.id(),
        run.kind(),
        run.asset(),
        state,
        run.trigger(),
        run.actor(),
        run.fireTime(),
        run.token(),
        point,
        run.startedAt(),
        at,
        run.progress(),
        failure == null ? null : failure.code(),
        failure == null ? null : failure.getMessage());
  }

  /** As the audit names the end. */
  static String word(Run run) {
    return run.state().name().toLowerCase(Locale.ROOT);
  }

  /** What the audit keeps of a run. */
  static Map<String, Object> facts(Run run) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("kind", run.kind().name());
    facts.put("asset", run.asset().toString());
    facts.put("state", run.state().name());
    facts.put("trigger", run.trigger());
    facts.put("token", run.token());
    if (run.point() != null) {
      facts.put("point", run.point());
    }
    if (run.failureCode() != null) {
      facts.put("code", run.failureCode().name());
      facts.put("failure", run.failure());
    }
    return facts;
  }
}
