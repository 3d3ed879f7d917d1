package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The campaign of faults of S3, for as long as a test may take. */
class S3FaultsTrialTest {

  private static final long FAULTS = Long.getLong("holdfast.s3-faults", 14);

  @Test
  void whatever_goes_wrong_with_requests_a_backup_is_good_or_leaves_nothing() throws Exception {
    S3FaultsTrial trial = new S3FaultsTrial();
    Map<String, Object> counted = trial.run(FAULTS, 7);
    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
  }
}
