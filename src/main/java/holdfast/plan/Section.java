package holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A block of fields that the schema has found well-formed, read field by field. */
record Section(YamlTree tree, String pointer) {

  Origin origin() {
    return tree.at(pointer);
  }

  /** Where this field stands, or would stand. */
  Origin origin(String field) {
    return tree.at(pointer + "/" + YamlNodes.escape(field));
  }

  /** The way to this block in operators' words: list items by their name, {@code a.b.c}. */
  String place() {
    if (pointer.isEmpty()) {
      return "This file";
    }
    StringBuilder place = new StringBuilder();
    JsonNode at = tree.root();
    for (String step : pointer.substring(Math.min(1, pointer.length())).split("/")) {
      boolean item = at.isArray();
      String key = step.replace("~1", "/").replace("~0", "~");
      at = item ? at.path(Integer.parseInt(step)) : at.path(key);
      if (!key.equals("holdfast") || !place.isEmpty()) {
        place.append(place.isEmpty() ? "" : ".").append(item ? itemName(at, step) : key);
      }
    }
    return place.isEmpty() ? "holdfast" : place.toString();
  }

  private static String itemName(JsonNode item, String index) {
    return item.path("name").isTextual()
        ? item.path("name").asText()
        : Integer.toString(Integer.parseInt(index) + 1);
  }

  boolean has(String field) {
    return !node(field).isMissingNode();
  }

  Section section(String field) {
    return new Section(tree, pointer + "/" + YamlNodes.escape(field));
  }

  /** The blocks of a list. */
  List<Section> sections(String field) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < node(field).size(); i++) {
      sections.add(section(field).section(Integer.toString(i)));
    }
    return sections;
  }

  /** The blocks of a list, or a single block as the only one; none where the field is absent. */
  List<Section> oneOrMoreSections(String field) {
    return node(field).isObject() ? List.of(section(field)) : sections(field);
  }

  /** The blocks that operators name themselves, in the order written. */
  <T> Map<String, T> named(String field, Function<Section, T> read) {
    Map<String, T> all = new LinkedHashMap<>();
    node(field)
        .fieldNames()
        .forEachRemaining(n -> all.put(n, read.apply(section(field).section(n))));
    return all;
  }

  /** The name an operator gave to this block. */
  String key() {
    return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  @Nullable String textOrNull(String field) {
    return has(field) ? node(field).asText() : null;
  }

  String text(String field) {
    return node(field).asText();
  }

  String text(String field, String otherwise) {
    return has(field) ? text(field) : otherwise;
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    node(field).forEach(item -> texts.add(item.asText()));
    return List.copyOf(texts);
  }

  /** The items of a list, or a single value as the only one. */
  List<String> oneOrMore(String field) {
    return has(field) && node(field).isValueNode() ? List.of(text(field)) : texts(field);
  }

  int number(String field, int otherwise) {
    return node(field).asInt(otherwise);
  }

  @Nullable Long longOrNull(String field) {
    return has(field) ? node(field).asLong() : null;
  }

  boolean flag(String field, boolean otherwise) {
    return node(field).asBoolean(otherwise);
  }

  @Nullable Duration durationOrNull(String field) {
    return has(field) ? Amounts.duration(text(field)) : null;
  }

  Duration duration(String field, Duration otherwise) {
    return has(field) ? Amounts.duration(text(field)) : otherwise;
  }

  /** An enum constant written in lower case with dashes. */
  <E extends Enum<E>> E choice(String field, E otherwise) {
    return has(field)
        ? Enum.valueOf(
            otherwise.getDeclaringClass(), text(field).toUpperCase(Locale.ROOT).replace('-', '_'))
        : otherwise;
  }

  /** Where a secret is kept. */
  @Nullable SecretRef secretOrNull(String field) {
    if (!has(field)) {
      return null;
    }
    String kind = node(field).fieldNames().next();
    return new SecretRef(
        SecretRef.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), node(field).get(kind).asText());
  }

  private JsonNode node(String field) {
    return tree.root().at(pointer + "/" + YamlNodes.escape(field));
  }
}
