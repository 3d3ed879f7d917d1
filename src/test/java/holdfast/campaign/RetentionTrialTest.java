package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The campaign in its short form. */
class RetentionTrialTest {

  private final RetentionTrial trial = new RetentionTrial();

  @Test
  void no_history_loses_what_must_stay() {
    Map<String, Object> counted = trial.run(2_000, 42);

    assertThat(trial.broken(counted)).as("%s", counted).isEmpty();
    assertThat(counted).containsEntry("histories", 2_000L).containsEntry("lives", 20L);
  }

  @Test
  void it_says_what_broke_and_that_it_showed_nothing() {
    Map<String, Object> counted = new HashMap<>(trial.run(10, 42));
    counted.put("broken", 1);
    counted.put("deletedByClock", 3L);
    counted.put("going", 0L);
    counted.put("first", List.of("history 7: the last good point p1 would go"));

    assertThat(trial.broken(counted))
        .containsExactly(
            "broken is 1, at most 0.0 is promised",
            "deletedByClock is 3, at most 0.0 is promised",
            "nothing was let go, so nothing was shown",
            "history 7: the last good point p1 would go");
  }
}
