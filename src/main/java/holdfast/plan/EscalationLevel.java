package holdfast.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of an unacknowledged incident once it is {@code after} old, and through which channels.
 * Several of one number are branches: each is taken where its {@code when} fits.
 *
 * @param contacts contacts or rotations of the system
 * @param repeat how often they are told again until somebody acknowledges; absent for never
 * @param external who is to be called outside the house, such as the cloud provider's support
 */
public record EscalationLevel(
    int level,
    Duration after,
    When when,
    List<String> contacts,
    List<String> channels,
    @Nullable Duration repeat,
    @Nullable String external,
    Origin origin) {

  /** Which incidents it is for; an empty list stands for all. */
  public record When(List<Severity> severities, List<Situation> situations) {

    /** All of them. */
    public static final When ALWAYS = new When(List.of(), List.of());

    /** Whether an incident is among them. */
    public boolean fits(Severity severity, Situation situation) {
      return (severities.isEmpty() || severities.contains(severity))
          && (situations.isEmpty() || situations.contains(situation));
    }
  }
}
