package holdfast.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON that AWS keeps for us, in one spelling: fields and lists sorted, a list of one written as
 * the one. In policies and event patterns neither order nor such brackets mean anything.
 */
final class Documents {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private Documents() {}

  static String write(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** In its one spelling; what is no JSON stays as it is. */
  static @Nullable String canonical(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : write(sorted(JSON.readTree(text)));
    } catch (JsonProcessingException odd) {
      return text;
    }
  }

  /** A field of a JSON object as text; empty where there is none. */
  static String field(@Nullable String text, String name) {
    try {
      return text == null ? "" : JSON.readTree(text).path(name).asText();
    } catch (JsonProcessingException odd) {
      return "";
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      ObjectNode object = JSON.createObjectNode();
      fields.forEach(object::set);
      return object;
    }
    if (!node.isArray()) {
      return node;
    }
    List<JsonNode> items = new ArrayList<>();
    node.forEach(item -> items.add(sorted(item)));
    items.sort(Comparator.comparing(JsonNode::toString));
    ArrayNode array = JSON.createArrayNode().addAll(items);
    return array.size() == 1 ? array.get(0) : array;
  }
}
