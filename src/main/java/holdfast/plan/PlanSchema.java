package holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The shape that a file must have: one of the shipped JSON Schemas, which editors use as well. */
final class PlanSchema {

  private final JsonNode text;
  private final JsonSchema schema;

  private PlanSchema(String name) {
    this.text = read(name);
    this.schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                text,
                SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ROOT)
                    .build());
  }

  /** The shape of {@code application.yml}. */
  static PlanSchema installation() {
    return Shipped.INSTALLATION;
  }

  /** The shape of a file in {@code systems/}. */
  static PlanSchema system() {
    return Shipped.SYSTEM;
  }

  /** Read once, at first use. */
  private static final class Shipped {
    static final PlanSchema INSTALLATION = new PlanSchema("installation");
    static final PlanSchema SYSTEM = new PlanSchema("system");
  }

  /** The tree, if it has the schema's shape; otherwise findings say where not. */
  Optional<YamlTree> accept(YamlTree tree, List<Finding> findings) {
    Violations violations = new Violations(text, tree);
    List<Finding> wrong =
        schema.validate(tree.root()).stream().map(violations::finding).distinct().toList();
    findings.addAll(wrong);
    return wrong.isEmpty() ? Optional.of(tree) : Optional.empty();
  }

  private static JsonNode read(String name) {
    String resource = "/schema/" + name + ".schema.json";
    try (InputStream in = PlanSchema.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
