package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.plan.Check;
import holdfast.plan.Checks;
import holdfast.plan.Finding;
import holdfast.plan.Home;
import holdfast.plan.Origin;
import holdfast.plan.PlanLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the log says after a start, beside the work. */
class FirstLookTest {

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final PlanLoader.Loaded loaded = new PlanLoader(new Home(Path.of(""))).load();

  private FirstLook look(PlanLoader.Loaded loaded, Check check) {
    FirstLook look = new FirstLook(new Checks(List.of(check)), loaded, said::add);
    look.begin();
    return look;
  }

  @Test
  void each_finding_is_one_line() {
    Origin origin = new Origin(Path.of("application.yml"), 13);
    Check check =
        plans ->
            List.of(
                Finding.error(origin, "The bucket 'gone' does not exist.", "Create it."),
                Finding.warning(origin, "The mail server\nrefuses.", "Look at it."));
    try (FirstLook look = look(loaded, check)) {
      await().until(() -> said.size() == 2);
    }
    assertThat(said)
        .containsExactly(
            "application.yml:13: The bucket 'gone' does not exist. Create it.",
            "application.yml:13: warning: The mail server refuses. Look at it.");
  }

  @Test
  void a_check_that_breaks_is_one_line_and_nothing_else() {
    Check check =
        plans -> {
          throw new IllegalStateException("no such thing");
        };
    try (FirstLook look = look(loaded, check)) {
      await().until(() -> !said.isEmpty());
    }
    assertThat(said).containsExactly("The checks after the start broke off: no such thing");
  }

  @Test
  void the_start_does_not_wait_for_a_check_that_hangs_and_the_end_cuts_it_off() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cut = new CountDownLatch(1);
    Check check =
        plans -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException end) {
            cut.countDown();
          }
          throw new IllegalStateException("cut off");
        };
    try (FirstLook look = look(loaded, check)) {
      begun.await();
    }
    cut.await();
    assertThat(said).isEmpty();
  }
}
