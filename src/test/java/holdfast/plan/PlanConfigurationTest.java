package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PlanConfigurationTest {

  private static final Path PLANS = Path.of("src/test/resources/plans").toAbsolutePath();

  private static ApplicationContextRunner at(String plan) {
    return new ApplicationContextRunner()
        .withUserConfiguration(PlanConfiguration.class)
        .withPropertyValues("holdfast.home=" + PLANS.resolve(plan));
  }

  @Test
  void a_clean_plan_is_wired() {
    at("clean")
        .run(
            context -> {
              assertThat(context.getBean(Home.class).folder()).isEqualTo(PLANS.resolve("clean"));
              assertThat(context.getBean(Plans.class).assets()).hasSize(1);
              assertThat(context).hasSingleBean(Installation.class).hasSingleBean(Secrets.class);
              assertThat(context).hasSingleBean(KeySpec.class).hasSingleBean(Checks.class);
            });
  }

  @Test
  void a_plan_with_errors_stops_the_start_and_carries_its_findings() {
    at("cron-six-fields")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        InvalidPlanException.class,
                        e ->
                            assertThat(e.findings())
                                .extracting(Finding::what)
                                .contains("This file does not exist.")
                                .anyMatch(what -> what.startsWith("The cron '0 0 2 * * *'"))));
  }
}
