package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What we hand to people besides code: README, documents, the image's recipe. */
class PapersTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void the_readme_can_be_read_in_one_sitting() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThan(150);
    assertThat(Files.readString(Path.of("README.md"))).contains("bin/demo", "bin/test");
  }

  @Test
  void every_link_leads_somewhere() throws IOException {
    for (Path paper : papers()) {
      Path folder = paper.toAbsolutePath().getParent();
      List<String> links =
          LINK.matcher(Files.readString(paper))
              .results()
              .map((MatchResult link) -> link.group(1))
              .toList();
      assertThat(links)
          .as(paper.toString())
          .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
    }
  }

  private static List<Path> papers() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("src/docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md")), docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  @Test
  void the_image_is_pinned_and_does_not_run_as_root() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("Dockerfile"));
    List<String> bases = lines.stream().filter(line -> line.startsWith("FROM ")).toList();
    assertThat(bases)
        .isNotEmpty()
        .allSatisfy(base -> assertThat(base).matches("FROM [a-z-]+:[^ ]*[0-9}][^ ]*( AS [a-z]+)?"))
        .noneMatch(base -> base.contains(":latest"));
    String last = String.join("\n", lines).substring(String.join("\n", lines).lastIndexOf("FROM "));
    assertThat(last)
        .contains("\nUSER holdfast\n", "HEALTHCHECK", "FROM postgres:", "VOLUME /var/lib/holdfast");
    assertThat(last.indexOf("USER holdfast")).isLessThan(last.indexOf("ENTRYPOINT"));
    assertThat(lines).noneMatch(line -> line.startsWith("ADD ") || line.contains("--allow-"));
  }

  @Test
  void scripts_stop_at_the_first_failure() throws IOException {
    try (Stream<Path> scripts = Files.list(Path.of("bin")).filter(Files::isRegularFile)) {
      assertThat(scripts)
          .isNotEmpty()
          .allSatisfy(
              script -> {
                assertThat(Files.readString(script)).contains("set -euo pipefail");
                assertThat(script).isExecutable();
              });
    }
  }
}
