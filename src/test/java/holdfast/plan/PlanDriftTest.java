package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Files of the plan are edited under a running service. */
class PlanDriftTest {

  @TempDir private Path home;
  private PlanDrift drift;

  @BeforeEach
  void a_plan_is_read() throws IOException {
    FileSystemUtils.copyRecursively(Path.of("src/test/resources/plans/clean"), home);
    drift = new PlanDrift(new Home(home), new PlanLoader(new Home(home)).load());
  }

  @Test
  void what_was_read_is_live_also_after_it_was_written_anew() throws IOException {
    Path application = home.resolve("application.yml");
    Files.writeString(application, Files.readString(application));
    Files.writeString(home.resolve("systems/notes.txt"), "not of the plan");
    assertThat(drift.findings()).isEmpty();
  }

  @Test
  void each_file_that_changed_came_or_went_is_named() throws IOException {
    Path application = home.resolve("application.yml");
    Files.writeString(application, Files.readString(application) + "# edited\n");
    Files.move(home.resolve("systems/shop.yml"), home.resolve("systems/store.yml"));
    assertThat(drift.findings())
        .extracting(finding -> finding.what() + " " + finding.fix())
        .containsExactly(
            "application.yml changed since the service started. Restart it to make the change live.",
            "systems/shop.yml was removed since the service started. Restart it to make the change live.",
            "systems/store.yml was added since the service started. Restart it to make the change live.");
    assertThat(drift.findings())
        .allMatch(finding -> finding.level() == Finding.Level.WARNING && finding.file() != null);
  }
}
