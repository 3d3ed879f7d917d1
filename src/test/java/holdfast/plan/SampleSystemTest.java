package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shipped sample shows in comments is a plan too, once the marks are taken away. */
class SampleSystemTest {

  @TempDir Path home;

  private PlanLoader.Loaded load(String application, String system) throws IOException {
    Files.createDirectories(home.resolve("systems"));
    Files.writeString(home.resolve("application.yml"), application);
    Files.writeString(home.resolve("systems/roleferry.yml"), system);
    return new PlanLoader(new Home(home)).load();
  }

  private static String shipped(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  @Test
  void as_shipped_it_has_none_of_what_stands_in_comments() throws IOException {
    PlanLoader.Loaded loaded = load(shipped("application.yml"), shipped("systems/roleferry.yml"));
    assertThat(loaded.findings()).isEmpty();
    SystemPlan system = loaded.plans().orElseThrow().systems().get(0);
    assertThat(system.probes()).isEmpty();
    assertThat(system.awsAlarms()).isEmpty();
  }

  @Test
  void what_stands_in_comments_is_valid_without_its_marks() throws IOException {
    String application =
        shipped("application.yml").replaceAll("(?m)^  # (senders: .*}})   .*$", "  $1");
    String system =
        shipped("systems/roleferry.yml")
            .replaceAll("(?m)^# ((probes|alarms|aws-alarms):|  .*)$", "$1");
    PlanLoader.Loaded loaded = load(application, system);
    assertThat(loaded.findings()).isEmpty();
    Plans plans = loaded.plans().orElseThrow();
    SystemPlan plan = plans.systems().get(0);
    assertThat(plan.probes()).extracting(ProbeSpec::name).containsExactly("answers", "health");
    assertThat(plan.alarms()).as("its own, and what its alarms in AWS mean").hasSize(2);
    assertThat(plan.awsAlarms()).hasSize(1);
  }
}
