package holdfast.incident;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One escalation level of an incident, and its clock.
 *
 * @param due when it is told if nobody acknowledges before
 * @param toldAt when it was; absent where it was not
 * @param contacts whom it calls: of a rotation, the person on call when it is due
 * @param reason why then and them, in a sentence
 */
public record LevelClock(
    int level,
    Instant due,
    @Nullable Instant toldAt,
    List<String> channels,
    List<String> contacts,
    @Nullable String external,
    String reason,
    Standing standing) {

  /** What has become of it. */
  public enum Standing {
    TOLD,
    /** The next to be told, at {@link #due}. */
    NEXT,
    LATER,
    /** Not needed: somebody acknowledged, or the incident is over. */
    STOPPED
  }
}
