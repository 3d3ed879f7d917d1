package holdfast.catalog;

import holdfast.journal.Run;
import holdfast.plan.Asset;
import holdfast.plan.Objectives;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the words about a point are made of. Pure. Sizes are bytes, lengths are seconds, moments are
 * ISO-8601; what is not known is left out.
 */
final class Facts {

  /**
   * What stands around a point.
   *
   * @param previous the newest restorable point before it
   */
  record Around(Asset asset, Objectives objectives, @Nullable Point previous, Instant now) {}

  private Facts() {}

  /**
   * Of a new good point: {@code snapshotAt startedAt endedAt seconds plainBytes sealedBytes rows
   * tables stores missing trigger actor proofFollows}, and what stands around it.
   */
  static Map<String, Object> good(Point point, Run run, Manifest manifest, Around around) {
    Map<String, Object> facts = point(point, around);
    facts.put("startedAt", run.startedAt().toString());
    facts.put("seconds", seconds(run.startedAt(), around.now()));
    facts.put("rows", manifest.rows().dump().values().stream().mapToLong(Long::longValue).sum());
    facts.put("tables", manifest.rows().dump().size());
    facts.put("stores", stores(point, Point.State.GOOD));
    facts.put("missing", stores(point, Point.State.MISSING));
    facts.put("trigger", run.trigger());
    facts.put("actor", run.actor());
    facts.put("proofFollows", around.asset().verification().afterBackup());
    return facts;
  }

  private static List<String> stores(Point point, Point.State state) {
    return point.copies().stream()
        .filter(copy -> copy.state() == state)
        .map(Point.Copy::store)
        .toList();
  }

  /**
   * Of a proof: {@code verdict reason startedAt endedAt seconds restoreSeconds rtoTargetSeconds
   * rtoMet answers answered passed state}, and what stands around the point.
   */
  static Map<String, Object> proof(Point point, Proof proof, Point.State state, Around around) {
    Map<String, Object> facts = point(point, around);
    facts.put("verdict", proof.verdict().words());
    facts.put("reason", proof.reason());
    facts.put("state", state.name());
    facts.put("startedAt", proof.startedAt().toString());
    facts.put("endedAt", proof.endedAt().toString());
    facts.put("seconds", seconds(proof.startedAt(), proof.endedAt()));
    facts.put("restoreSeconds", proof.restoreSeconds());
    Duration rto = around.objectives().rto();
    if (rto != null) {
      facts.put("rtoTargetSeconds", rto.toSeconds());
      facts.put("rtoMet", proof.restoreSeconds() <= rto.toSeconds());
    }
    facts.put("answers", proof.answers().stream().map(Facts::words).toList());
    facts.put("answered", proof.answers().size());
    facts.put("passed", proof.answers().stream().filter(Proof.Answer::pass).count());
    return facts;
  }

  private static Map<String, Object> point(Point point, Around around) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("snapshotAt", point.at().toString());
    facts.put("endedAt", point.finishedAt().toString());
    facts.put("plainBytes", point.plainBytes());
    facts.put("sealedBytes", point.sealedBytes());
    facts.put("ageSeconds", seconds(point.at(), around.now()));
    Duration rpo = around.objectives().rpo();
    if (rpo != null) {
      facts.put("rpoTargetSeconds", rpo.toSeconds());
      facts.put("rpoMet", seconds(point.at(), around.now()) <= rpo.toSeconds());
    }
    Point previous = around.previous();
    if (previous != null) {
      facts.put("previousPoint", previous.id());
      facts.put("previousAt", previous.at().toString());
      facts.put("previousState", previous.state().name());
    }
    Upcoming.after(around.asset(), around.now())
        .ifPresent(
            next -> {
              facts.put("nextAt", next.at().toString());
              facts.put("nextSchedule", next.schedule().name());
            });
    return facts;
  }

  /** Such as {@code users 600000 (= 600000, as in the dump)}. */
  private static String words(Proof.Answer answer) {
    String got = answer.got() == null ? "no answer" : answer.got().toString();
    String problem = answer.problem() == null ? "" : ": " + answer.problem();
    return "%s %s (%s)%s%s"
        .formatted(
            answer.query(),
            got,
            answer.expected(),
            answer.pass() ? "" : " NOT AS EXPECTED",
            problem);
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }

  /** Objectives of an asset whose component sets none. */
  static final Objectives NONE = new Objectives(null, null, null, null);

  /**
   * The channels of a good point: everybody who hears of the asset, and the prover where wanted.
   */
  static List<String> audience(Asset asset, String prover) {
    if (!asset.verification().afterBackup()) {
      return asset.channels();
    }
    return Stream.concat(asset.channels().stream(), Stream.of(prover)).toList();
  }
}
