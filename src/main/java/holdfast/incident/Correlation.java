package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which incident an alarm belongs to. Pure. */
final class Correlation {

  /** How long after its last alarm an incident takes in other troubles of its kind. */
  static final Duration WINDOW = Duration.ofMinutes(15);

  /** No failure of a region explains these. */
  private static final Set<Situation> APART =
      Set.of(Situation.SECURITY, Situation.DELETION, Situation.HOLDFAST);

  private Correlation() {}

  /**
   * Where an alarm's relatives are looked for: its system; else its account and region; else its
   * sender. A channel's own trouble has no relatives.
   */
  static String scope(Alarm alarm) {
    Alarm.Subject subject = alarm.subject();
    String channel = OwnAlarms.spared(alarm);
    if (subject.system() != null) {
      return "system:" + subject.system();
    }
    if (channel != null) {
      return "channel:" + channel;
    }
    return subject.account().isEmpty() && subject.region().isEmpty()
        ? "sender:" + alarm.sender()
        : "place:" + subject.account() + "/" + subject.region();
  }

  /** The incident that takes the alarm in; one of its whole region first, then the newest. */
  static Optional<Incident> relative(Alarm alarm, List<Incident> known, Instant now) {
    return known.stream()
        .filter(Incident::active)
        .filter(incident -> !incident.lastAlarmAt().isBefore(now.minus(WINDOW)))
        .filter(incident -> swallows(incident, alarm) || isKin(incident, alarm))
        .max(
            Comparator.comparing((Incident incident) -> incident.situation() == Situation.REGION)
                .thenComparing(Incident::openedAt)
                .thenComparing(Incident::id));
  }

  /** Whatever of the region fails is its failure, whichever system or account it is of. */
  private static boolean swallows(Incident incident, Alarm alarm) {
    return incident.situation() == Situation.REGION
        && !incident.region().isEmpty()
        && incident.region().equals(alarm.subject().region())
        && !APART.contains(alarm.situation());
  }

  private static boolean isKin(Incident incident, Alarm alarm) {
    return incident.scope().equals(scope(alarm))
        && family(incident.situation()) == family(alarm.situation());
  }

  /** A server that fails shows as an application that fails. */
  private static Situation family(Situation situation) {
    return situation == Situation.SERVER ? Situation.APPLICATION : situation;
  }
}
