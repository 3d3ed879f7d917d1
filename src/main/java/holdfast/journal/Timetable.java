package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fires and pauses, and what is told of the missed ones; each call within a transaction. */
final class Timetable {

  private final Audit audit;
  private final Outbox outbox;
  private final Audience audience;
  private final InstantSource clock;
  private final Fires fires;
  private final Pauses pauses;

  Timetable(
      Transaction journal, Audit audit, Outbox outbox, Audience audience, InstantSource clock) {
    this.audit = audit;
    this.outbox = outbox;
    this.audience = audience;
    this.clock = clock;
    this.fires = new Fires(journal, clock);
    this.pauses = new Pauses(journal, clock);
  }

  boolean fire(AssetId asset, String schedule, Instant fireTime, boolean missed) {
    if (missed) {
      missed(asset, schedule, List.of(fireTime));
      return false;
    }
    boolean paused = pauses.paused(asset);
    Fires.Outcome outcome = paused ? Fires.Outcome.PAUSED : Fires.Outcome.DUE;
    return fires.record(asset, schedule, fireTime, outcome) && !paused;
  }

  int missed(AssetId asset, String schedule, List<Instant> fireTimes) {
    boolean paused = pauses.paused(asset);
    Fires.Outcome outcome = paused ? Fires.Outcome.PAUSED : Fires.Outcome.MISSED;
    List<Instant> fresh =
        fireTimes.stream().filter(time -> fires.record(asset, schedule, time, outcome)).toList();
    if (paused || fresh.isEmpty()) {
      return 0;
    }
    tell(asset, schedule, fresh);
    return fresh.size();
  }

  int missIdle(Duration grace) {
    List<Fires.Idle> idle = fires.miss(grace);
    idle.forEach(one -> tell(one.asset(), one.schedule(), List.of(one.fireTime())));
    return idle.size();
  }

  private void tell(AssetId asset, String schedule, List<Instant> times) {
    Map<String, Object> facts =
        Map.of(
            "schedule", schedule,
            "count", times.size(),
            "first", times.get(0).toString(),
            "last", times.get(times.size() - 1).toString());
    outbox.add(
        new Event(
            Event.Type.BACKUP_MISSED,
            asset,
            "",
            null,
            clock.instant(),
            facts,
            audience.channels(asset)));
    audit.append("holdfast", "fire.missed", asset.toString(), facts);
  }

  Instant last(AssetId asset, String schedule) {
    return fires.last(asset, schedule);
  }

  void pause(String system, @Nullable String asset, boolean paused, String actor) {
    if (pauses.set(system, asset, paused, actor)) {
      String subject = asset == null ? system : system + "/" + asset;
      audit.append(actor, paused ? "schedule.pause" : "schedule.resume", subject, Map.of());
    }
  }

  boolean paused(AssetId asset) {
    return pauses.paused(asset);
  }
}
