package holdfast.alarm;

import holdfast.plan.ProbeSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Says which alarms of a probe nobody has heard of. Pure. */
final class ProbeAlarms {

  static final String KIND = "holdfast-probe";

  private static final String SENDER = "holdfast";
  private static final int BEGAN = 0;
  private static final int ENDED = 1;

  private ProbeAlarms() {}

  /** In the order of their times. */
  static List<Alarm> untold(ProbeSpec spec, ProbeRow row) {
    Standing.Episode episode = row.standing().episode();
    List<Alarm> alarms = new ArrayList<>();
    if (episode.beganAt() != null && row.told() <= BEGAN) {
      alarms.add(alarm(spec, episode, BEGAN));
    }
    if (episode.endedAt() != null && row.told() <= ENDED) {
      alarms.add(alarm(spec, episode, ENDED));
    }
    return alarms;
  }

  private static Alarm alarm(ProbeSpec spec, Standing.Episode episode, int part) {
    boolean firing = part == BEGAN;
    Instant at = Objects.requireNonNull(firing ? episode.beganAt() : episode.endedAt());
    return new Alarm(
        "probe/%s/%d".formatted(spec.id(), episode.number()),
        part,
        SENDER,
        KIND,
        spec.name(),
        firing ? Alarm.State.FIRING : Alarm.State.CLEARED,
        spec.severity(),
        spec.target().situation(),
        new Alarm.Subject(spec.system(), spec.component(), null, resource(spec.target()), "", ""),
        "Probe %s fails".formatted(spec.id()),
        firing ? episode.reason() : "The probe %s is well again.".formatted(spec.id()),
        at,
        Alarm.Clock.EVENT,
        episode.number(),
        KIND + "/" + spec.id(),
        null,
        facts(spec));
  }

  private static Map<String, String> facts(ProbeSpec spec) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("probe", spec.id());
    facts.put("kind", spec.target().kind());
    facts.put("failures in a row", String.valueOf(spec.failures()));
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
