package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.AwsAlarms;
import holdfast.plan.Home;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans with something to put into AWS, written as operators write them. */
final class CloudPlans {

  private static final Path CLEAN = Path.of("src/test/resources/plans/clean");

  private CloudPlans() {}

  /** The clean plan under another system's name, with these lines at its end. */
  static Plans of(String system, String awsAlarms) {
    return of(system, awsAlarms, "");
  }

  /** The same, with these lines at the end of {@code application.yml}. */
  static Plans of(String system, String awsAlarms, String installation) {
    try {
      Path home = Files.createTempDirectory("cloud-plans");
      Files.createDirectories(home.resolve("systems"));
      Files.writeString(
          home.resolve("application.yml"),
          Files.readString(CLEAN.resolve("application.yml")) + installation.indent(2));
      String text = Files.readString(CLEAN.resolve("systems/shop.yml"));
      Files.writeString(
          home.resolve("systems/shop.yml"),
          text.replace("system: shop\n", "system: " + system + "\n") + awsAlarms);
      PlanLoader.Loaded loaded = new PlanLoader(new Home(home)).load();
      assertThat(loaded.plans()).as(loaded.findings().toString()).isPresent();
      return loaded.plans().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AwsAlarms spec(Plans plans) {
    return plans.systems().get(0).awsAlarms().get(0);
  }
}
