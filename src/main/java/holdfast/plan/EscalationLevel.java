package holdfast.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /**
   * Which incidents it is for; an empty list stands for all.
   *
   * @param alarms patterns of the sources' own names for alarms
   * @param hours into which the level falls due; absent for any
   */
  public record When(
      List<Severity> severities,
      List<Situation> situations,
      List<Glob> alarms,
      @Nullable Hours hours) {

    public When(List<Severity> severities, List<Situation> situations) {
      this(severities, situations, List.of(), null);
    }

    /** All of them. */
    public static final When ALWAYS = new When(List.of(), List.of());

    /** Whether every incident of the kind is among them, whatever it is called by and when. */
    public boolean fits(Severity severity, Situation situation) {
      return alarms.isEmpty() && hours == null && covers(severity, situation);
    }

    /**
     * Whether an incident is among them.
     *
     * @param names of the incident's alarms; any of them may fit
     * @param due when the level is to be called
     */
    public boolean fits(
        Severity severity, Situation situation, Collection<String> names, Instant due) {
      return covers(severity, situation)
          && (alarms.isEmpty() || names.stream().anyMatch(name -> Glob.any(alarms, name)))
          && (hours == null || hours.contains(due));
    }

    /** Such as {@code critical, database; alarms checkout-*}; absent where all are meant. */
    public @Nullable String words() {
      List<String> parts = new ArrayList<>();
      add(parts, "", Stream.concat(severities.stream(), situations.stream()));
      add(parts, "alarms ", alarms.stream());
      if (hours != null) {
        parts.add(hours.words());
      }
      return parts.isEmpty() ? null : String.join("; ", parts);
    }

    private static void add(List<String> parts, String what, Stream<?> values) {
      String all =
          values
              .map(value -> value.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      if (!all.isEmpty()) {
        parts.add(what + all);
      }
    }

    private boolean covers(Severity severity, Situation situation) {
      return (severities.isEmpty() || severities.contains(severity))
          && (situations.isEmpty() || situations.contains(situation));
    }
  }
}
