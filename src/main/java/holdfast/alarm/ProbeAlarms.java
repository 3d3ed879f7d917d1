package holdfast.alarm;

import holdfast.plan.ProbeSpec;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Says which alarms of a probe nobody has heard of. Pure. */
final class ProbeAlarms {

  static final String KIND = "holdfast-probe";

  /** About the probe itself, which cannot look. */
  static final String BLIND = "holdfast-probe-blind";

  private static final String SENDER = "holdfast";
  private static final int BEGAN = 0;
  private static final int ENDED = 1;

  private ProbeAlarms() {}

  /** In the order of their times, those about the probe itself last. */
  static List<Alarm> untold(ProbeSpec spec, ProbeRow row) {
    List<Alarm> alarms = new ArrayList<>();
    parts(row.standing().episode(), row.told())
        .forEach(part -> alarms.add(failure(spec, row.standing().episode(), part)));
    parts(row.standing().blind(), row.blindTold())
        .forEach(part -> alarms.add(blindness(spec, row.standing().blind(), part)));
    return alarms;
  }

  private static List<Integer> parts(Standing.Episode episode, int told) {
    List<Integer> parts = new ArrayList<>();
    if (episode.beganAt() != null && told <= BEGAN) {
      parts.add(BEGAN);
    }
    if (episode.endedAt() != null && told <= ENDED) {
      parts.add(ENDED);
    }
    return parts;
  }

  private static Alarm failure(ProbeSpec spec, Standing.Episode episode, int part) {
    return alarm(
        spec,
        episode,
        part,
        KIND,
        spec.severity(),
        spec.target().situation(),
        "Probe %s fails".formatted(spec.id()),
        part == BEGAN ? episode.reason() : "The probe %s is well again.".formatted(spec.id()));
  }

  /** Nobody knows whether anything is wrong; so it is never critical. */
  private static Alarm blindness(ProbeSpec spec, Standing.Episode blind, int part) {
    return alarm(
        spec,
        blind,
        part,
        BLIND,
        spec.severity() == Severity.CRITICAL ? Severity.HIGH : spec.severity(),
        Situation.HOLDFAST,
        "Probe %s cannot look".formatted(spec.id()),
        part == BEGAN
            ? "Whether all is well there is not known. " + blind.reason()
            : "The probe %s can look again.".formatted(spec.id()));
  }

  private static Alarm alarm(
      ProbeSpec spec,
      Standing.Episode episode,
      int part,
      String kind,
      Severity severity,
      Situation situation,
      String title,
      String text) {
    boolean firing = part == BEGAN;
    Instant at = Objects.requireNonNull(firing ? episode.beganAt() : episode.endedAt());
    return new Alarm(
        "%s/%s/%d".formatted(kind.equals(KIND) ? "probe" : "blind", spec.id(), episode.number()),
        part,
        SENDER,
        kind,
        spec.name(),
        firing ? Alarm.State.FIRING : Alarm.State.CLEARED,
        severity,
        situation,
        new Alarm.Subject(spec.system(), spec.component(), null, resource(spec.target()), "", ""),
        title,
        text,
        at,
        Alarm.Clock.EVENT,
        episode.number(),
        kind + "/" + spec.id(),
        null,
        facts(spec));
  }

  private static Map<String, String> facts(ProbeSpec spec) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("probe", spec.id());
    facts.put("kind", spec.target().kind());
    facts.put("looks in a row", String.valueOf(spec.failures()));
    return facts;
  }

  private static String resource(ProbeSpec.Target target) {
    if (target instanceof ProbeSpec.Http http) {
      return http.shown();
    }
    if (target instanceof ProbeSpec.Database database) {
      return database.connection() + "/" + database.database();
    }
    return ((ProbeSpec.ReplicaLag) target).connection();
  }
}
