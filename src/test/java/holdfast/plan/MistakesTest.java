package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/** Each folder of {@code plans/} lays one mistake over the clean plan and says what is found. */
class MistakesTest {

  private static final Path PLANS = Path.of("src/test/resources/plans");

  static List<String> mistakes() throws IOException {
    try (Stream<Path> folders = Files.list(PLANS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void each_mistake_is_named_with_its_place_and_its_remedy(String mistake, @TempDir Path home)
      throws IOException {
    FileSystemUtils.copyRecursively(PLANS.resolve("clean"), home);
    if (Files.exists(PLANS.resolve(mistake).resolve("systems/shop.yaml"))) {
      Files.delete(home.resolve("systems/shop.yml"));
    }
    FileSystemUtils.copyRecursively(PLANS.resolve(mistake), home);

    List<String> found =
        Checks.ofPlan(() -> Instant.parse("2026-03-01T12:00:00Z"))
            .findings(new PlanLoader(new Home(home)).load())
            .stream()
            .map(Finding::toString)
            .toList();

    assertThat(found).isEqualTo(Files.readAllLines(PLANS.resolve(mistake).resolve("expected.txt")));
    assertThat(found).noneMatch(line -> line.contains("hunter2") || line.contains("wJalr"));
  }
}
