package holdfast.absence;

import holdfast.alarm.Alarm;
import holdfast.incident.Incidents;
import holdfast.incident.OwnAlarms;
import holdfast.journal.Transaction;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells of the troubles that one watch finds: each once an hour while it lasts, and its end, also
 * where the process before this one told of its beginning.
 */
final class Siren {

  private final String kind;
  private final Situation situation;
  private final Transaction journal;
  private final Incidents incidents;
  private final InstantSource clock;

  /**
   * Of one watch.
   *
   * @param name of the watch; its alarms are of the kind {@code holdfast-NAME}
   */
  Siren(
      String name,
      Situation situation,
      Transaction journal,
      Incidents incidents,
      InstantSource clock) {
    this.kind = "holdfast-" + name;
    this.situation = situation;
    this.journal = journal;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** Tells that these are all there are now; how many they are. */
  int tell(List<Trouble> troubles) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    troubles.forEach(trouble -> incidents.take(List.of(firing(trouble, now))));
    Set<String> there = troubles.stream().map(Trouble::key).collect(Collectors.toSet());
    journal.in(this::told).stream()
        .filter(key -> !there.contains(key))
        .forEach(key -> incidents.take(List.of(cleared(key, now))));
    return troubles.size();
  }

  private String prefix() {
    return "holdfast/" + kind + "/";
  }

  private List<String> told() {
    return journal
        .sql(
            """
            SELECT substr(fingerprint, length(:prefix) + 1) FROM signals
            WHERE state = 'FIRING' AND sender = :sender AND kind = :kind ORDER BY fingerprint""")
        .param("prefix", prefix())
        .param("sender", OwnAlarms.SENDER)
        .param("kind", kind)
        .query(String.class)
        .list();
  }

  private Alarm firing(Trouble trouble, Instant now) {
    long hour = now.truncatedTo(ChronoUnit.HOURS).getEpochSecond();
    return OwnAlarms.watched(
        "%s-%s-%s-%d".formatted(kind, trouble.key(), trouble.severity(), hour),
        new OwnAlarms.Watched(
            kind,
            trouble.severity(),
            situation,
            trouble.subject(),
            trouble.title(),
            prefix() + trouble.key()),
        Alarm.State.FIRING,
        trouble.text(),
        now);
  }

  private Alarm cleared(String key, Instant now) {
    return OwnAlarms.watched(
        "%s-%s-again-%s".formatted(kind, key, now),
        new OwnAlarms.Watched(
            kind, Severity.LOW, situation, Trouble.about(key), key + " is well", prefix() + key),
        Alarm.State.CLEARED,
        "",
        now);
  }
}
