package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The campaign in its short form. */
class EscalationTrialTest {

  @Test
  void no_kill_skips_a_level_and_no_call_follows_an_acknowledgement() throws Exception {
    EscalationTrial trial = new EscalationTrial();
    Map<String, Object> counted = trial.run(5, 42);

    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
    assertThat((long) counted.get("levels")).isEqualTo(40);
  }
}
