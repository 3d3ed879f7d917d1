package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an incident begins. Pure. */
final class Openings {

  private static final int TITLE_MAX = 200;
  private static final int TEXT_MAX = 4000;

  private Openings() {}

  /** One that an alarm opens. */
  static Incident of(String id, Alarm alarm, Severity severity, Signal signal, Instant now) {
    return incident(
        id,
        alarm.subject().system(),
        Correlation.scope(alarm),
        alarm.subject().region(),
        OwnAlarms.spared(alarm),
        new Opening(
            alarm.subject().system(),
            severity,
            alarm.situation(),
            alarm.title(),
            alarm.text(),
            Incident.HOLDFAST),
        signal.firstAt(),
        now,
        signal.events(),
        List.of(alarm.name()));
  }

  static String why(Alarm alarm) {
    return "Opened by an alarm of %s (%s): %s"
        .formatted(alarm.sender(), alarm.kind(), alarm.title());
  }

  /** One that a person opens. */
  static Incident of(String id, Opening opening, Instant now) {
    String scope = opening.system() == null ? "hand:" + id : "system:" + opening.system();
    return incident(id, opening.system(), scope, "", null, opening, now, now, 0, List.of());
  }

  private static Incident incident(
      String id,
      @Nullable String system,
      String scope,
      String region,
      @Nullable String spared,
      Opening opening,
      Instant beganAt,
      Instant now,
      long events,
      List<String> alarms) {
    return new Incident(
        id,
        system,
        scope,
        region,
        spared,
        opening.situation(),
        opening.severity(),
        title(opening.title()),
        text(opening.text()),
        Incident.State.OPEN,
        opening.actor(),
        beganAt.isAfter(now) ? now : beganAt,
        now,
        now,
        now,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        events,
        alarms,
        List.of());
  }

  /** On one line, and not too long. */
  static String title(String title) {
    return cut(line(title), TITLE_MAX);
  }

  /** Not too long. */
  static String text(String text) {
    return cut(text, TEXT_MAX);
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
