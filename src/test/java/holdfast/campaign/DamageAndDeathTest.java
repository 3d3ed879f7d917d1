package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The long proofs that nothing is lost and nothing falsely good, for as long as a test may take.
 */
class DamageAndDeathTest {

  private static final long KILLS = Long.getLong("holdfast.kills", 20);
  private static final long FLIPS = Long.getLong("holdfast.flips", 2000);
  private static final long FAULTS = Long.getLong("holdfast.s3-faults", 30);

  @Test
  void a_service_that_is_killed_leaves_nothing_half_done_and_loses_nothing() throws Exception {
    KillsTrial trial = new KillsTrial();
    Map<String, Object> counted = trial.run(KILLS, 7);
    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
    assertThat((Integer) counted.get("kills")).isGreaterThan((int) (KILLS * 2 / 3));
  }

  @Test
  void whatever_is_changed_in_a_store_is_found() throws Exception {
    FlipsTrial trial = new FlipsTrial();
    Map<String, Object> counted = trial.run(FLIPS, 7);
    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
    assertThat(counted.get("flips_found")).isEqualTo(FLIPS);
  }

  @Test
  void whatever_goes_wrong_with_requests_a_backup_is_good_or_leaves_nothing() throws Exception {
    S3FaultsTrial trial = new S3FaultsTrial();
    Map<String, Object> counted = trial.run(FAULTS, 7);
    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
  }
}
