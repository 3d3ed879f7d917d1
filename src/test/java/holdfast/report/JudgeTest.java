package holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.catalog.Proof.Verdict;
import holdfast.harness.SamplePlan;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.plan.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Asset ASSET = SamplePlan.asset();
  private static final Point NIGHTLY = point("2026-11-21T02:00:00Z", Point.State.PROVEN);
  private static final Proof PASS = proof(Verdict.PASS, "", 41.2);

  @Test
  void a_proven_point_within_its_objectives_is_said_to_be_so() {
    Status.AssetLine line = judge(NIGHTLY, NIGHTLY, PASS, PASS);

    assertThat(line.within()).isTrue();
    assertThat(line.reason())
        .isEqualTo("Proven by a restore of 41 s; the proven data is 10 h old.");
    assertThat(line.rpoActual()).isEqualTo(Duration.ofHours(10)).isLessThan(line.rpoTarget());
    assertThat(line.rtoActual()).isEqualTo(Duration.ofMillis(41_200));
    assertThat(line.rtoTarget()).isEqualTo(Duration.ofHours(2));
    assertThat(line.rtoKind()).contains("empty server");
    assertThat(line.last()).isNotNull();
    assertThat(line.next().at()).isEqualTo("2026-11-22T02:00:00Z");
  }

  @Test
  void without_a_point_the_command_that_makes_one_is_named() {
    Status.AssetLine line = judge(null, null, null, null);

    assertThat(line.within()).isFalse();
    assertThat(line.reason()).contains("no recovery point", "holdfast backup roleferry/database");
    assertThat(line.rpoActual()).isNull();
    assertThat(line.rtoActual()).isNull();
    assertThat(line.rtoKind()).isNull();
  }

  @Test
  void a_good_point_that_was_never_proven_is_not_enough() {
    Point good = point("2026-11-21T02:00:00Z", Point.State.GOOD);

    assertThat(judge(good, null, null, null).reason())
        .isEqualTo("No point was ever proven: run holdfast verify latest:roleferry/database.");
    Proof blind = proof(Verdict.COULD_NOT_VERIFY, "There is no key.", 0);
    assertThat(judge(good, null, blind, null).reason()).endsWith("There is no key.");
    assertThat(judge(good, null, blind, null).within()).isFalse();
  }

  @Test
  void a_failed_proof_outweighs_an_older_pass() {
    Proof fail = proof(Verdict.FAIL, "users is 6, expected 7.", 40);
    Status.AssetLine line = judge(NIGHTLY, NIGHTLY, fail, fail);

    assertThat(line.within()).isFalse();
    assertThat(line.reason()).isEqualTo("The newest proof failed: users is 6, expected 7.");
    assertThat(line.proof().verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_proof_that_could_not_be_made_is_not_hidden_by_an_older_pass() {
    Proof blind = proof(Verdict.COULD_NOT_VERIFY, "There is no key.", 0);

    assertThat(judge(NIGHTLY, NIGHTLY, blind, PASS).within()).isFalse();
    assertThat(judge(NIGHTLY, NIGHTLY, blind, PASS).rtoActual())
        .isEqualTo(Duration.ofMillis(41_200));
  }

  @Test
  void the_promise_holds_to_its_last_moment_and_not_longer() {
    Point edge = point("2026-11-20T12:00:00Z", Point.State.PROVEN);
    Point old = point("2026-11-20T11:59:59Z", Point.State.PROVEN);

    assertThat(judge(edge, edge, PASS, PASS).within()).isTrue();
    assertThat(judge(old, old, PASS, PASS).reason())
        .isEqualTo(
            "The newest proven point is 24 h old, and at most 24 h was promised: run holdfast backup roleferry/database.");
  }

  @Test
  void a_fresh_point_does_not_hide_that_the_proven_one_is_old() {
    Point old = point("2026-11-19T02:00:00Z", Point.State.PROVEN);
    Status.AssetLine line = judge(NIGHTLY, old, PASS, PASS);

    assertThat(line.within()).isFalse();
    assertThat(line.rpoActual()).isEqualTo(Duration.ofHours(10));
    assertThat(line.provenAge()).isEqualTo(Duration.ofHours(58));
  }

  @Test
  void a_restore_slower_than_promised_is_said() {
    Proof slow = proof(Verdict.PASS, "", 7_201);

    assertThat(judge(NIGHTLY, NIGHTLY, slow, slow).reason())
        .startsWith("The newest restore took 2 h, and at most 2 h was promised");
  }

  @Test
  void a_point_from_a_clock_ahead_of_ours_is_not_younger_than_now() {
    Point ahead = point("2026-11-21T12:05:00Z", Point.State.PROVEN);

    assertThat(judge(ahead, ahead, PASS, PASS).rpoActual()).isZero();
  }

  @Test
  void runs_and_their_share_are_shown() {
    Run running = run("3", Run.State.RUNNING);
    Run good = run("2", Run.State.SUCCEEDED);
    Run bad = run("1", Run.State.FAILED);
    Status.AssetLine line =
        Judge.line(
            new Judge.Known(
                ASSET,
                null,
                NIGHTLY,
                NIGHTLY,
                PASS,
                PASS,
                true,
                List.of(running, good, bad),
                Map.of(
                    Run.State.SUCCEEDED, 9L,
                    Run.State.FAILED, 1L,
                    Run.State.SKIPPED, 5L,
                    Run.State.RUNNING, 1L)),
            NOW);

    assertThat(line.running()).containsExactly(running);
    assertThat(line.lastRun()).isEqualTo(good);
    assertThat(line.lastFailure()).isEqualTo(bad);
    assertThat(line.success()).isEqualTo(new Status.Success(9, 10, 0.9));
    assertThat(line.paused()).isTrue();
    assertThat(line.next()).isNull();
    assertThat(line.rpoTarget()).isNull();
  }

  private static Status.AssetLine judge(
      @Nullable Point last,
      @Nullable Point proven,
      @Nullable Proof proof,
      @Nullable Proof restored) {
    return Judge.line(
        new Judge.Known(
            ASSET,
            SamplePlan.plans(ASSET).component(ASSET).orElseThrow(),
            last,
            proven,
            proof,
            restored,
            false,
            List.of(),
            Map.of()),
        NOW);
  }

  private static Point point(String at, Point.State state) {
    return new Point(
        "p",
        ASSET.id(),
        state,
        Instant.parse(at),
        Instant.parse(at),
        1,
        "0".repeat(64),
        1,
        "1".repeat(64),
        "{}",
        List.of(),
        null);
  }

  private static Proof proof(Verdict verdict, String reason, double seconds) {
    return new Proof("r", "p", verdict, reason, NOW, NOW, seconds, List.of());
  }

  private static Run run(String id, Run.State state) {
    boolean bad = state == Run.State.FAILED;
    return new Run(
        id,
        Run.Kind.BACKUP,
        ASSET.id(),
        state,
        "cli",
        "ada",
        null,
        1,
        null,
        NOW,
        state == Run.State.RUNNING ? null : NOW,
        null,
        bad ? Code.FULL : null,
        bad ? "No room." : null);
  }
}
