package holdfast.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import holdfast.plan.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The schema that Camel ships for its YAML: the shape of every step and its fields. */
final class RouteSchema {

  private static final String SCHEMA = "/schema/camelYamlDsl.json";

  /** What says most about a mistake comes first; alternatives of a choice say least. */
  private static final List<String> TELLING =
      List.of("additionalProperties", "required", "enum", "type");

  private RouteSchema() {}

  /** Read once, at first use: it is large. */
  private static final class Shipped {
    static final JsonSchema SCHEMA = read();
  }

  /** At most one finding: the deepest, because one mistake violates every choice above it. */
  static Optional<Finding> finding(RouteTree tree) {
    Set<ValidationMessage> messages = Shipped.SCHEMA.validate(tree.yaml().root());
    return messages.stream()
        .filter(message -> TELLING.contains(message.getType()))
        .min(
            Comparator.comparingInt(RouteSchema::depth)
                .reversed()
                .thenComparingInt(message -> TELLING.indexOf(message.getType())))
        .map(message -> finding(tree, message));
  }

  private static int depth(ValidationMessage message) {
    return message.getInstanceLocation().getNameCount();
  }

  private static Finding finding(RouteTree tree, ValidationMessage message) {
    String at = message.getInstanceLocation().toString();
    String place = place(at);
    return switch (message.getType()) {
      case "additionalProperties" ->
          tree.error(
              at + "/" + message.getProperty(),
              "The field '%s' is not known in '%s'.".formatted(message.getProperty(), place),
              "Correct or remove it; Camel's documentation of '%s' lists what it takes."
                  .formatted(place));
      case "required" ->
          tree.error(
              at,
              "The field '%s' is missing in '%s'.".formatted(message.getProperty(), place),
              "Add it.");
      default ->
          tree.error(
              at,
              "The value of '%s' is not of the kind that Camel takes here.".formatted(place),
              "Camel says: %s.".formatted(message.getError()));
    };
  }

  /** The nearest name, not an index. */
  private static String place(String pointer) {
    String[] parts = pointer.split("/");
    for (int i = parts.length - 1; i > 0; i--) {
      if (!parts[i].chars().allMatch(Character::isDigit)) {
        return parts[i];
      }
    }
    return "this file";
  }

  /** Rules are resolved as they are met: all at once they take 250 MB of heap and ten seconds. */
  private static JsonSchema read() {
    try (InputStream in =
        org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader.class.getResourceAsStream(SCHEMA)) {
      JsonNode schema = new ObjectMapper().readTree(in);
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
          .getSchema(
              schema,
              SchemaValidatorsConfig.builder()
                  .pathType(PathType.JSON_POINTER)
                  .locale(Locale.ROOT)
                  .preloadJsonSchema(false)
                  .cacheRefs(false)
                  .build());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
