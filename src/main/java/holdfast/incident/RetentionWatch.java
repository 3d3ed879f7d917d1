package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import holdfast.retention.Approval;
import holdfast.retention.ClockSense;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sees time pass, so that a clock that jumps is noticed; tells of it when points were kept because
 * of that, and of points that wait for somebody's word before they go.
 */
public final class RetentionWatch {

  private final Plans plans;
  private final ClockSense sense;
  private final Supplier<List<Approval>> waiting;
  private final Incidents incidents;

  /** What may have been told of, also by the process before this one. */
  private boolean clockTold = true;

  private final Set<AssetId> asked = new HashSet<>();

  /**
   * A watch over the assets of the plan.
   *
   * @param waiting questions that nobody has answered
   */
  RetentionWatch(
      Plans plans, ClockSense sense, Supplier<List<Approval>> waiting, Incidents incidents) {
    this.plans = plans;
    this.sense = sense;
    this.waiting = waiting;
    this.incidents = incidents;
    plans.assets().stream().map(Asset::id).forEach(asked::add);
  }

  /** Looks once; whether the clock hinders retention. */
  public synchronized boolean look() {
    ClockSense.Seen seen = sense.look();
    questions(seen.now());
    Optional<Instant> refused = sense.refusedSince();
    if (refused.isPresent()) {
      clockTold = true;
      String text =
          "It is %d days ahead of the newest time known, %s. Nothing is removed until it is right, or somebody says that it is."
              .formatted(seen.ahead().toDays(), Sentences.time(seen.newestKnown()));
      incidents.take(List.of(clock(hour(seen.now()), Alarm.State.FIRING, text, seen.now())));
    } else if (clockTold) {
      clockTold = false;
      incidents.take(List.of(clock("well-" + seen.now(), Alarm.State.CLEARED, "", seen.now())));
    }
    return refused.isPresent();
  }

  private static String hour(Instant now) {
    return now.truncatedTo(ChronoUnit.HOURS).toString();
  }

  private static Alarm clock(String which, Alarm.State state, String text, Instant now) {
    return OwnAlarms.watched(
        "retention-clock-" + which,
        new OwnAlarms.Watched(
            "holdfast-clock",
            Severity.CRITICAL,
            Situation.HOLDFAST,
            new Alarm.Subject(null, null, null, "this host's clock", "", ""),
            "The clock cannot be believed, so no recovery point is removed",
            "holdfast/clock"),
        state,
        text,
        now);
  }

  private void questions(Instant now) {
    Set<AssetId> over = new HashSet<>(asked);
    for (Approval approval : waiting.get()) {
      asked.add(approval.asset());
      over.remove(approval.asset());
      String which = "%s-%s".formatted(approval.id(), now.truncatedTo(ChronoUnit.DAYS));
      String text =
          "%d points are to go at once. An admin lets them go with 'holdfast prune --approve %s', before %s."
              .formatted(
                  approval.points().size(),
                  approval.id().substring(0, 12),
                  Sentences.time(approval.expiresAt()));
      incidents.take(List.of(question(approval.asset(), which, Alarm.State.FIRING, text, now)));
    }
    for (AssetId asset : over) {
      asked.remove(asset);
      incidents.take(List.of(question(asset, "well-" + asset + now, Alarm.State.CLEARED, "", now)));
    }
  }

  private Alarm question(AssetId asset, String which, Alarm.State state, String text, Instant now) {
    return OwnAlarms.watched(
        "retention-question-" + which,
        new OwnAlarms.Watched(
            "holdfast-retention",
            Severity.LOW,
            Situation.BACKUP,
            OwnAlarms.subject(plans, asset),
            "Many points of %s wait for somebody's word before they go".formatted(asset),
            "holdfast/retention/" + asset),
        state,
        text,
        now);
  }
}
