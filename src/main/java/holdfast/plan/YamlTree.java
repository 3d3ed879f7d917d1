package holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A YAML file as a JSON tree that still knows where everything was written.
 *
 * @param file relative to the home folder
 * @param lines JSON pointer to line, counting from 1
 */
public record YamlTree(Path file, JsonNode root, Map<String, Integer> lines) {

  /** Reads {@code text} as the content of {@code file}; absent when a finding says why. */
  public static Optional<YamlTree> of(Path file, String text, List<Finding> findings) {
    return new YamlFile(Path.of(""), file, findings).parse(text);
  }

  /** Where the value at this JSON pointer was written; the nearest parent's place if absent. */
  public Origin at(String pointer) {
    String here = pointer;
    while (!here.isEmpty() && !lines.containsKey(here)) {
      here = here.substring(0, here.lastIndexOf('/'));
    }
    return new Origin(file, lines.getOrDefault(here, 1));
  }

  /** The same file with only this part in it. */
  YamlTree withRoot(JsonNode part) {
    return new YamlTree(file, part, lines);
  }
}
