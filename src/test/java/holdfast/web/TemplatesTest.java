package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What must never stand in a template, whoever edits it. */
class TemplatesTest {

  @TestFactory
  Stream<DynamicTest> escapes_everything_and_loads_nothing_from_elsewhere() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/templates"))) {
      return files.filter(Files::isRegularFile).toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> examine(file)));
    }
  }

  private static void examine(Path file) throws IOException {
    assertThat(Files.readString(file))
        .doesNotContain("th:utext", "[(", "[[", "style=", "<style", "javascript:")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("<script(?! defer th:src=\"@\\{/web/)")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
  }

  @Test
  void the_one_style_sheet_stays_short_and_at_home() throws IOException {
    Path sheet = Path.of("src/main/resources/web/files/holdfast.css");

    assertThat(Files.readAllLines(sheet)).hasSizeLessThan(300);
    assertThat(Files.readString(sheet)).doesNotContain("url(", "@import");
  }
}
