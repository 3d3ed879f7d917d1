package holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.plan.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RerunTest {

  private static final Instant ENDED = Instant.parse("2026-11-21T02:10:00Z");
  private static final Instant YESTERDAY = Instant.parse("2026-11-20T02:00:00Z");
  private static final Instant TOMORROW = Instant.parse("2026-11-22T02:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void a_nightly_backup_that_was_cut_off_is_run_again_after_a_minute() {
    assertThat(at(DAY, YESTERDAY, TOMORROW, run(Run.State.ABANDONED, Code.ABANDONED, "nightly")))
        .isEqualTo(ENDED.plusSeconds(60));
  }

  @Test
  void each_attempt_waits_longer_and_after_three_a_person_is_needed() {
    List<Run> runs = new ArrayList<>();
    runs.add(run(Run.State.FAILED, Code.UNREACHABLE, "nightly"));
    for (int minutes : new int[] {1, 5, 15}) {
      assertThat(at(DAY, YESTERDAY, TOMORROW, runs.toArray(Run[]::new)))
          .isEqualTo(ENDED.plus(Duration.ofMinutes(minutes)));
      runs.add(0, run(Run.State.FAILED, Code.UNREACHABLE, Rerun.SCHEDULE));
    }
    assertThat(at(DAY, YESTERDAY, TOMORROW, runs.toArray(Run[]::new))).isNull();
  }

  @Test
  void attempts_of_another_night_do_not_count() {
    assertThat(
            at(
                DAY,
                YESTERDAY,
                TOMORROW,
                run(Run.State.FAILED, Code.STALLED, "nightly"),
                run(Run.State.FAILED, Code.STALLED, Rerun.SCHEDULE),
                run(Run.State.FAILED, Code.STALLED, Rerun.SCHEDULE),
                run(Run.State.FAILED, Code.STALLED, Rerun.SCHEDULE)))
        .isEqualTo(ENDED.plusSeconds(60));
  }

  @Test
  void where_the_next_time_is_soon_enough_nothing_is_run_before() {
    Run failed = run(Run.State.FAILED, Code.UNREACHABLE, "hourly");
    assertThat(at(DAY, ENDED.minusSeconds(3600), ENDED.plusSeconds(3600), failed)).isNull();
    assertThat(at(null, YESTERDAY, TOMORROW, failed)).as("nothing was promised").isNull();
    assertThat(at(DAY, null, TOMORROW, failed)).as("there is no point at all").isNotNull();
    assertThat(at(DAY, YESTERDAY, null, failed)).as("there is no next time").isNotNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"DENIED", "INVALID", "NO_KEY", "REFUSED", "UNFIT_TOOL", "FULL", "INTERNAL"})
  void what_does_not_pass_by_itself_is_not_tried_again(Code code) {
    assertThat(at(DAY, YESTERDAY, TOMORROW, run(Run.State.FAILED, code, "nightly"))).isNull();
  }

  @Test
  void what_somebody_cancelled_or_what_went_well_is_not_run_again() {
    assertThat(at(DAY, YESTERDAY, TOMORROW, run(Run.State.CANCELLED, Code.CANCELLED, "nightly")))
        .isNull();
    assertThat(at(DAY, YESTERDAY, TOMORROW, run(Run.State.SUCCEEDED, null, "nightly"))).isNull();
    assertThat(at(DAY, YESTERDAY, TOMORROW)).isNull();
  }

  private static @Nullable Instant at(
      @Nullable Duration rpo, @Nullable Instant newest, @Nullable Instant next, Run... runs) {
    return Rerun.at(new Rerun.Facts(List.of(runs), rpo, newest, next)).orElse(null);
  }

  private static Run run(Run.State state, @Nullable Code code, String schedule) {
    return new Run(
        "20261121T020000000-abc234",
        Run.Kind.BACKUP,
        AssetId.parse("roleferry/database"),
        state,
        "schedule:" + schedule,
        "holdfast",
        null,
        1,
        null,
        ENDED.minusSeconds(600),
        ENDED,
        null,
        code,
        code == null ? null : "It did not go well.");
  }
}
