package holdfast.journal;

import holdfast.plan.AssetId;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that people or programs hear of. It becomes one outbox row per channel, committed with
 * the transition it tells of.
 *
 * @param runId empty where no run is concerned, as when one was missed
 * @param facts what the words are made of: plain strings, numbers and lists, never a secret
 * @param channels where it goes
 */
public record Event(
    Type type,
    AssetId asset,
    String runId,
    @Nullable String point,
    Instant at,
    Map<String, Object> facts,
    List<String> channels) {

  /** What happened. */
  public enum Type {
    POINT_GOOD,
    POINT_PROVEN,
    PROOF_FAILED,
    PROOF_IMPOSSIBLE,
    BACKUP_FAILED,
    BACKUP_MISSED,
    BACKUP_SKIPPED,
    RESTORE_DONE,
    RESTORE_FAILED,
    COPY_FAILED;

    /** How bad it is where it is a failure; null where it is none. */
    public @Nullable Severity severity() {
      return switch (this) {
        case BACKUP_FAILED, BACKUP_MISSED, PROOF_FAILED, RESTORE_FAILED -> Severity.HIGH;
        case PROOF_IMPOSSIBLE -> Severity.MEDIUM;
        case POINT_GOOD, POINT_PROVEN, BACKUP_SKIPPED, RESTORE_DONE, COPY_FAILED -> null;
      };
    }

    /** Whether it shows that an earlier failure is over. */
    public boolean ends() {
      return this == POINT_GOOD || this == POINT_PROVEN || this == RESTORE_DONE;
    }
  }

  /** The channel, of no person, whose reader starts the proof of a new good point. */
  public static final String PROOF_CHANNEL = "holdfast-proof";

  /** The channel, of no person, whose reader turns failures into alarms, and ends them. */
  public static final String ALARM_CHANNEL = "holdfast-alarm";

  /** The channels that no person and no other program hears. */
  public static final Set<String> INTERNAL = Set.of(PROOF_CHANNEL, ALARM_CHANNEL);

  /** The same for other channels. */
  Event to(List<String> others) {
    return new Event(type, asset, runId, point, at, facts, others);
  }

  /** The event that an outbox row holds. */
  public static Event read(String json) {
    return Json.event(json);
  }

  /** As an outbox row holds it. */
  public String json() {
    return Json.write(this);
  }

  /**
   * That a run ended badly, or never began.
   *
   * <p>Facts: {@code code}, {@code failure} (the sentence), {@code subject}, {@code retryable},
   * {@code trigger}, {@code actor}, {@code startedAt}, {@code seconds}.
   */
  public static Event failed(Run run, RunException failure, Instant at, List<String> channels) {
    Type type =
        switch (run.kind()) {
          case BACKUP -> failure.code() == Code.BUSY ? Type.BACKUP_SKIPPED : Type.BACKUP_FAILED;
          case VERIFY -> Type.PROOF_IMPOSSIBLE;
          case RESTORE -> Type.RESTORE_FAILED;
          case COPY -> Type.COPY_FAILED;
        };
    Map<String, Object> facts =
        Map.of(
            "code", failure.code().name(),
            "failure", failure.getMessage(),
            "subject", failure.subject(),
            "retryable", failure.retryable(),
            "trigger", run.trigger(),
            "actor", run.actor(),
            "startedAt", run.startedAt().toString(),
            "seconds", Math.max(0, Duration.between(run.startedAt(), at).toSeconds()));
    return new Event(type, run.asset(), run.id(), run.point(), at, facts, channels);
  }
}
