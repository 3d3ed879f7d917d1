package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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
}
