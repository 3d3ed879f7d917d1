package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about plans names every field that the schemas allow, and no default wrongly. */
class PlansPageTest {

  @ParameterizedTest
  @ValueSource(strings = {"system", "installation"})
  void every_field_of_the_schemas_is_on_the_page(String schema) throws IOException {
    String page = Files.readString(Path.of("src/docs/plans.md"));
    JsonNode root =
        new ObjectMapper()
            .readTree(Path.of("src/main/resources/schema/" + schema + ".schema.json").toFile());
    assertThat(fields(root, new ArrayList<>()))
        .isNotEmpty()
        .allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "installation"})
  void every_field_of_the_schemas_is_described_for_editors(String schema) throws IOException {
    JsonNode root =
        new ObjectMapper()
            .readTree(Path.of("src/main/resources/schema/" + schema + ".schema.json").toFile());
    assertThat(root.findValues("properties"))
        .allSatisfy(
            properties ->
                assertThat(properties)
                    .allSatisfy(
                        field ->
                            assertThat(field.isBoolean() || isDescribed(field))
                                .as("%s", field)
                                .isTrue()));
  }

  private static boolean isDescribed(JsonNode field) {
    return field.path("description").asText().endsWith(".") || field.has("const");
  }

  private static List<String> fields(JsonNode node, List<String> found) {
    node.path("properties").fieldNames().forEachRemaining(found::add);
    node.forEach(child -> fields(child, found));
    return found;
  }
}
