package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Whatever stands in a plan, reading it ends in findings, never in an exception. */
class PlanLoaderRobustnessTest {

  private static final Path CLEAN = Path.of("src/test/resources/plans/clean");
  private static final List<String> VALUES =
      List.of(
          "",
          " []",
          " {}",
          " 7",
          " -1",
          " 1.5",
          " true",
          " text",
          " 'x y=z'",
          " [[1]]",
          " {a: b}",
          " {'a/b~c %d': 1, '': 2, ? [x] : y}",
          " \"a\\nb\"",
          " \"\\0\"",
          " |\n      block\n",
          " ~",
          " 99999999999999999999",
          " *a",
          " 2026-13-45",
          " ${X}",
          " ../../etc",
          " '\\u0000'");

  @ParameterizedTest
  @ValueSource(strings = {"application.yml", "systems/shop.yml"})
  void any_value_in_any_field_is_survived(String name, @TempDir Path home) throws IOException {
    FileSystemUtils.copyRecursively(CLEAN, home);
    List<String> lines = Files.readAllLines(home.resolve(name));
    for (int i = 0; i < lines.size(); i++) {
      for (String changed : changes(lines.get(i))) {
        List<String> text = new ArrayList<>(lines);
        text.set(i, changed);
        Files.write(home.resolve(name), text);
        assertThatCode(() -> load(home))
            .as("line %d: %s", i + 1, changed)
            .doesNotThrowAnyException();
      }
    }
  }

  private static List<String> changes(String line) {
    List<String> changes = new ArrayList<>(List.of("", line + "\n" + line, "  " + line));
    for (int colon = line.indexOf(": "); colon >= 0; colon = line.indexOf(": ", colon + 1)) {
      String head = line.substring(0, colon + 1);
      String rest = line.substring(colon + 1).replaceFirst("^ ([^,}\\]\\[{]*|\\[[^\\]]*\\])", "");
      VALUES.forEach(value -> changes.add(head + value + rest));
    }
    return changes;
  }

  @Test
  void files_that_are_no_text_are_named(@TempDir Path home) throws IOException {
    FileSystemUtils.copyRecursively(CLEAN, home);
    Files.write(home.resolve("systems/shop.yml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(load(home))
        .containsExactly("systems/shop.yml: This file is not UTF-8 text. Save it as UTF-8.");
    Files.writeString(home.resolve("systems/shop.yml"), "a: b\nc: \u0001\n");
    assertThat(load(home))
        .containsExactly("systems/shop.yml:2: This line holds a control character. Delete it.");
    Files.writeString(home.resolve("systems/shop.yml"), "#".repeat(YamlFile.MAX_BYTES + 1));
    assertThat(load(home))
        .containsExactly(
            "systems/shop.yml: This file is larger than 1 MiB. Split it: one system per file.");
  }

  @Test
  void an_empty_home_is_explained(@TempDir Path home) {
    assertThat(load(home))
        .containsExactly(
            "application.yml: This file does not exist. Run 'holdfast init', or set HOLDFAST_HOME to its folder.",
            "systems: warning: No system is declared, so nothing is protected. Run 'holdfast init', or write one as src/docs/plans.md shows.");
  }

  @Test
  void the_clean_plan_has_no_finding() {
    assertThat(load(CLEAN)).isEmpty();
    try (Stream<Asset> assets =
        new PlanLoader(new Home(CLEAN)).load().plans().orElseThrow().assets().stream()) {
      assertThat(assets).hasSize(1);
    }
  }

  private static List<String> load(Path home) {
    return new PlanLoader(new Home(home))
        .load().findings().stream().map(Finding::toString).toList();
  }
}
