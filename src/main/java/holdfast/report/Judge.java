package holdfast.report;

import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.catalog.Upcoming;
import holdfast.journal.Run;
import holdfast.plan.Asset;
import holdfast.plan.Component;
import holdfast.plan.Objectives;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds what was promised of an asset against what is. Pure. */
final class Judge {

  /** What a proof's restore is: the time that counts as the actual RTO. */
  static final String RTO_KIND = "whole restore into an empty server, by the newest proof";

  /**
   * What journal and catalog know of one asset.
   *
   * @param component absent when the plan names none
   * @param proof newest of any point, whatever its verdict
   * @param restored newest proof that came as far as restoring
   * @param runs newest first
   * @param tally of backups begun within 30 days
   */
  record Known(
      Asset asset,
      @Nullable Component component,
      @Nullable Point last,
      @Nullable Point proven,
      @Nullable Proof proof,
      @Nullable Proof restored,
      boolean paused,
      List<Run> runs,
      Map<Run.State, Long> tally) {}

  private final Known known;
  private final Instant now;
  private final Objectives objectives;

  private Judge(Known known, Instant now) {
    this.known = known;
    this.now = now;
    Component component = known.component();
    this.objectives =
        component == null ? new Objectives(null, null, null, null) : component.objectives();
  }

  static Status.AssetLine line(Known known, Instant now) {
    return new Judge(known, now).line();
  }

  private Status.AssetLine line() {
    Component component = known.component();
    String problem = problem();
    return new Status.AssetLine(
        known.asset().id(),
        known.asset().component(),
        component == null ? Component.Priority.P3 : component.priority(),
        problem == null,
        problem == null ? praise() : problem,
        objectives.rpo(),
        age(known.last()),
        objectives.rto(),
        measured(),
        pointLine(),
        proofLine(),
        next(),
        known.paused(),
        known.runs().stream().filter(run -> run.state() == Run.State.RUNNING).toList(),
        newest(Run::over),
        age(known.proven()),
        known.restored() == null ? null : RTO_KIND,
        newest(Judge::endedBadly),
        success());
  }

  /** Why the asset is not within its objectives, the gravest reason first; absent when it is. */
  private @Nullable String problem() {
    String command = "holdfast backup " + known.asset().id();
    if (known.last() == null) {
      return "There is no recovery point that may be restored: run %s.".formatted(command);
    }
    Proof proof = known.proof();
    if (proof != null && proof.verdict() == Proof.Verdict.FAIL) {
      return "The newest proof failed: " + proof.reason();
    }
    if (known.proven() == null) {
      return proof == null
          ? "No point was ever proven: run holdfast verify latest:%s.".formatted(known.asset().id())
          : "No point was ever proven; the newest proof could not be made: " + proof.reason();
    }
    if (proof != null && proof.verdict() == Proof.Verdict.COULD_NOT_VERIFY) {
      return "The newest proof could not be made: " + proof.reason();
    }
    return late(command);
  }

  private @Nullable String late(String command) {
    Duration age = Objects.requireNonNull(age(known.proven()));
    if (objectives.rpo() != null && age.compareTo(objectives.rpo()) > 0) {
      return "The newest proven point is %s old, and at most %s was promised: run %s."
          .formatted(Spans.words(age), Spans.words(objectives.rpo()), command);
    }
    Duration took = measured();
    if (objectives.rto() != null && took != null && took.compareTo(objectives.rto()) > 0) {
      return "The newest restore took %s, and at most %s was promised: give proofs a faster server or promise less."
          .formatted(Spans.words(took), Spans.words(objectives.rto()));
    }
    return null;
  }

  private String praise() {
    Duration took = measured();
    return "Proven by a restore%s; the proven data is %s old."
        .formatted(
            took == null ? "" : " of " + Spans.words(took),
            Spans.words(Objects.requireNonNull(age(known.proven()))));
  }

  private @Nullable Duration measured() {
    Proof restored = known.restored();
    return restored == null ? null : Duration.ofMillis(Math.round(restored.restoreSeconds() * 1e3));
  }

  /** From the moment whose data the point holds. */
  private @Nullable Duration age(@Nullable Point point) {
    if (point == null) {
      return null;
    }
    Duration age = Duration.between(point.at(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  private Status.@Nullable PointLine pointLine() {
    Point last = known.last();
    return last == null
        ? null
        : new Status.PointLine(last.id(), last.state(), last.at(), last.sealedBytes());
  }

  private Status.@Nullable ProofLine proofLine() {
    Proof proof = known.proof();
    return proof == null
        ? null
        : new Status.ProofLine(
            proof.runId(), proof.point(), proof.verdict(), proof.reason(), proof.endedAt());
  }

  private Status.@Nullable Next next() {
    if (known.paused()) {
      return null;
    }
    return Upcoming.after(known.asset(), now)
        .map(next -> new Status.Next(next.schedule().name(), next.at(), next.schedule().zone()))
        .orElse(null);
  }

  private @Nullable Run newest(Predicate<Run> wanted) {
    return known.runs().stream().filter(wanted).findFirst().orElse(null);
  }

  private static boolean endedBadly(Run run) {
    return run.state() == Run.State.FAILED || run.state() == Run.State.ABANDONED;
  }

  private Status.Success success() {
    long succeeded = known.tally().getOrDefault(Run.State.SUCCEEDED, 0L);
    long ended =
        succeeded
            + known.tally().getOrDefault(Run.State.FAILED, 0L)
            + known.tally().getOrDefault(Run.State.ABANDONED, 0L);
    return new Status.Success(succeeded, ended, ended == 0 ? null : (double) succeeded / ended);
  }
}
