package holdfast.alarm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A stranger's JSON: read within limits, and looked into without surprises. */
final class Json {

  /** The largest body that is read, in characters. */
  static final int MAX_BODY = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // a table of strangers' field names would only grow
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxNumberLength(100)
                          .maxStringLength(MAX_BODY)
                          .maxNameLength(1000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The tree of a text that must be JSON. */
  static JsonNode read(String text) throws Unreadable {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree == null || tree.isMissingNode()) {
        throw new Unreadable("The body is empty.");
      }
      return tree;
    } catch (StreamConstraintsException beyond) {
      throw new Unreadable(
          "The body is JSON beyond the limits: nested deeper than 100, or a number or name without end.");
    } catch (JsonProcessingException broken) {
      throw new Unreadable(
          "The body is no JSON: line %d, column %d cannot be read."
              .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr()));
    }
  }

  /** Whether a text looks like an object or a list. */
  static boolean isLikely(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  /** The tree of a text that may be JSON; missing where it is not. */
  static JsonNode inside(String text) {
    if (!isLikely(text)) {
      return MissingNode.getInstance();
    }
    try {
      return read(text);
    } catch (Unreadable plain) {
      return MissingNode.getInstance();
    }
  }

  /** The node at the end of a path of field names; missing where any is. */
  static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String field : path) {
      here = here.path(field);
    }
    return here;
  }

  /** The text at the end of a path of field names; empty where it is absent or no plain value. */
  static String text(JsonNode node, String... path) {
    JsonNode value = at(node, path);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /** The first of these fields that holds something. */
  static String first(JsonNode node, String... fields) {
    for (String field : fields) {
      String text = text(node, field);
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  /** The plain values of a list on one line; a plain value as it is. */
  static String joined(JsonNode list) {
    if (!list.isArray()) {
      return text(list);
    }
    StringBuilder line = new StringBuilder();
    for (JsonNode item : list) {
      if (line.length() > Clean.LINE) {
        break;
      }
      line.append(line.isEmpty() ? "" : ", ").append(text(item));
    }
    return line.toString();
  }
}
