package holdfast.alarm;

import holdfast.plan.Home;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.util.FileSystemUtils;

/** The clean plan of a shop, and what a test adds to it. */
public final class AlarmPlans {

  /** A sender whose events have a form of their own. */
  public static final String SENDERS =
      """
        senders:
          checks:
            kind: generic
            token: {env: CHECKS_TOKEN}
            mapping:
              title: /check/name
              text: /words
              state: /status
              severity: /level
              time: /when
              resource: /host
              link: /page
              firing: [problem, 1]
              cleared: [ok, 0]
              informational: [paused]
              critical: [5]
              low: [info, 1]
      """;

  private AlarmPlans() {}

  /**
   * The plans of a home folder made for a test.
   *
   * @param application added to {@code application.yml} below {@code holdfast:}
   * @param system added to {@code systems/shop.yml}
   */
  public static Plans of(Path home, String application, String system) throws IOException {
    FileSystemUtils.copyRecursively(Path.of("src/test/resources/plans/clean"), home);
    Files.writeString(home.resolve("application.yml"), application, StandardOpenOption.APPEND);
    Files.writeString(home.resolve("systems/shop.yml"), system, StandardOpenOption.APPEND);
    PlanLoader.Loaded loaded = new PlanLoader(new Home(home)).load();
    return loaded.plans().orElseThrow(() -> new AssertionError(loaded.findings()));
  }
}
