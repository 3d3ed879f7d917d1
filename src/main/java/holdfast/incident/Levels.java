package holdfast.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clocks of an incident's levels. */
final class Levels {

  private Levels() {}

  static List<LevelClock> of(Desk desk, Incident incident) {
    Map<Integer, Instant> told = told(desk.timeline().of(incident.id()), incident);
    List<LevelClock> clocks = new ArrayList<>();
    boolean next = incident.state() == Incident.State.OPEN;
    for (Matrix.Step step : Matrix.steps(desk.climb().policy(incident), incident, Instant.MIN)) {
      Instant at = told.get(step.level());
      boolean isNext = at == null && next;
      clocks.add(clock(step, at, standing(incident, at, isNext)));
      next = next && !isNext;
    }
    return clocks;
  }

  private static LevelClock clock(
      Matrix.Step step, @Nullable Instant at, LevelClock.Standing standing) {
    return new LevelClock(
        step.level(),
        step.due(),
        at,
        step.channels(),
        step.contacts(),
        step.external(),
        step.reason(),
        standing);
  }

  /** When each level was told since the clock began. */
  static Map<Integer, Instant> told(List<TimelineEntry> timeline, Incident incident) {
    Map<Integer, Instant> told = new HashMap<>();
    timeline.stream()
        .filter(entry -> entry.kind() == TimelineEntry.Kind.TOLD)
        .filter(entry -> !entry.at().isBefore(incident.clockFrom()))
        .forEach(entry -> told.putIfAbsent(entry.level(), entry.at()));
    return told;
  }

  private static LevelClock.Standing standing(
      Incident incident, @Nullable Instant at, boolean isNext) {
    if (at != null) {
      return LevelClock.Standing.TOLD;
    }
    if (incident.state() != Incident.State.OPEN) {
      return LevelClock.Standing.STOPPED;
    }
    return isNext ? LevelClock.Standing.NEXT : LevelClock.Standing.LATER;
  }
}
