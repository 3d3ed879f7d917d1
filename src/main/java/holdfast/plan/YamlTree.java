package holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * A YAML file as a JSON tree that still knows where everything was written.
 *
 * @param file relative to the home folder
 * @param lines JSON pointer to line, counting from 1
 */
record YamlTree(Path file, JsonNode root, Map<String, Integer> lines) {

  /** Where the value at this JSON pointer was written; the nearest parent's place if absent. */
  Origin at(String pointer) {
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
