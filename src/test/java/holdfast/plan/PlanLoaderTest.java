package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlanLoaderTest {

  private static final Path REPOSITORY = Path.of("").toAbsolutePath();

  @Test
  void the_shipped_plan_is_read_without_a_finding() {
    var loaded = new PlanLoader(new Home(REPOSITORY)).load();

    assertThat(loaded.findings()).isEmpty();
    Plans plans = loaded.plans().orElseThrow();
    Asset database = plans.asset(AssetId.parse("roleferry/database")).orElseThrow();
    assertThat(database.schedules()).extracting(Schedule::cron).contains("0 2 * * *");
    assertThat(database.retention()).isEqualTo(new Retention(Duration.ofDays(730), 7));
    assertThat(database.verification().queries()).hasSize(3);
    assertThat(plans.component(database).orElseThrow().objectives().availability())
        .isEqualTo(0.999);
    assertThat(plans.installation().stores().get("primary")).isInstanceOf(StoreSpec.S3.class);
    assertThat(plans.installation().channels()).hasSize(4);
    assertThat(plans.installation().keys().recipients().get("operations"))
        .isEqualTo(REPOSITORY.resolve("keys/operations.public.asc"));
  }

  @Test
  void the_shipped_plan_is_clean_until_its_review_is_due() {
    var loaded = new PlanLoader(new Home(REPOSITORY)).load();

    assertThat(Checks.ofPlan(() -> Instant.parse("2027-01-13T23:59:00Z")).findings(loaded))
        .isEmpty();
    assertThat(Checks.ofPlan(() -> Instant.parse("2027-01-14T00:00:00Z")).findings(loaded))
        .singleElement()
        .hasToString(
            "systems/roleferry.yml:%d: warning: The plan of system 'roleferry' was due for review on 2027-01-13. Read it with DevOps Lead, then set last-review and next-review."
                .formatted(loaded.plans().orElseThrow().systems().get(0).origin().line()));
  }
}
