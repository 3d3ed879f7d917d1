package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The campaign of flips, for as long as a test may take. */
class FlipsTrialTest {

  private static final long FLIPS = Long.getLong("holdfast.flips", 1000);

  @Test
  void whatever_is_changed_in_a_store_is_found() throws Exception {
    FlipsTrial trial = new FlipsTrial();
    Map<String, Object> counted = trial.run(FLIPS, 7);
    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
    assertThat(counted.get("flips_found")).isEqualTo(FLIPS);
  }
}
