package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The campaign of kills, for as long as a test may take. */
class KillsTrialTest {

  private static final long KILLS = Long.getLong("holdfast.kills", 20);

  @Test
  void a_service_that_is_killed_leaves_nothing_half_done_and_loses_nothing() throws Exception {
    KillsTrial trial = new KillsTrial();
    Map<String, Object> counted = trial.run(KILLS, 7);
    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
    assertThat((Integer) counted.get("kills")).isGreaterThan((int) (KILLS * 2 / 3));
  }
}
