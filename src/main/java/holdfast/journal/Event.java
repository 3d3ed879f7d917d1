package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that people or programs hear of. It becomes one outbox row per channel, committed with
 * the transition it tells of.
 *
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
    RESTORE_FAILED
  }

  /** The channel, of no person, whose reader starts the proof of a new good point. */
  public static final String PROOF_CHANNEL = "holdfast-proof";
}
