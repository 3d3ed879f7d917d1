package holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Says in operators' words where a file departs from its schema; never repeats a secret. */
final class Violations {

  private final JsonNode schema;
  private final YamlTree tree;

  Violations(JsonNode schema, YamlTree tree) {
    this.schema = schema;
    this.tree = tree;
  }

  Finding finding(ValidationMessage message) {
    String at = message.getInstanceLocation().toString();
    String rule = message.getSchemaLocation().getFragment().toString();
    String parent = rule.substring(0, rule.lastIndexOf('/'));
    JsonNode value = tree.root().at(at);
    if (parent.equals("/$defs/secret")) {
      return secret(message, at, value);
    }
    if (parent.startsWith("/$defs/secret/")) {
      return error(at, place(at) + " is malformed.", "Write " + title(parent) + ".");
    }
    return switch (message.getType()) {
      case "additionalProperties" -> unknown(message, at, parent);
      case "required" -> missing(message, at, parent);
      case "type" -> wrongType(at, parent, value);
      case "enum" -> notAllowed(at, value, options(parent));
      case "uniqueItems" -> twice(at, value);
      case "minItems", "minProperties", "minLength" ->
          error(at, place(at) + " is empty.", "Fill it in.");
      case "propertyNames" -> badName(at, value);
      default ->
          parent.equals("/$defs/name") && value.isObject()
              ? badName(at, value)
              : notAllowed(at, value, title(parent));
    };
  }

  private Finding secret(ValidationMessage message, String at, JsonNode value) {
    String fix = "Write {env: NAME}, {file: PATH} or {aws: SECRET-ID}.";
    return switch (message.getType()) {
      case "additionalProperties" ->
          error(
              at,
              "%s asks an unknown keeper, '%s', for its secret."
                  .formatted(place(at), Echo.of(message.getProperty())),
              fix);
      case "maxProperties" ->
          error(at, place(at) + " names more than one keeper of its secret.", "Keep one of them.");
      case "type" ->
          value.isNull()
              ? error(at, place(at) + " is empty.", fix)
              : error(
                  at,
                  "%s holds the secret itself.".formatted(place(at)),
                  "Change that secret, keep it elsewhere, and refer to it: {env: NAME}, {file: PATH} or {aws: SECRET-ID}.");
      default -> error(at, place(at) + " is empty.", fix);
    };
  }

  private Finding unknown(ValidationMessage message, String at, String parent) {
    String field = message.getProperty();
    List<String> known = new ArrayList<>();
    schema.at(parent + "/properties").fieldNames().forEachRemaining(known::add);
    String where = at.isEmpty() ? "" : " in " + place(at);
    return error(
        at + "/" + YamlNodes.escape(field),
        "Unknown field '%s'%s.".formatted(Echo.of(field), where),
        Nearest.fix(field, known, "Known here: %s.".formatted(String.join(", ", known))));
  }

  private Finding missing(ValidationMessage message, String at, String parent) {
    String field = message.getProperty();
    String about =
        schema.at(parent + "/properties/" + field + "/description").asText("It is needed.");
    boolean isAcronym = !Character.isLowerCase(about.charAt(1));
    String lowered = about.substring(0, 1).toLowerCase(Locale.ROOT) + about.substring(1);
    return error(
        at,
        "%s lacks '%s'.".formatted(place(at), field),
        "Add it: " + (isAcronym ? about : lowered));
  }

  private Finding wrongType(String at, String parent, JsonNode value) {
    if (value.isNull()) {
      return error(at, place(at) + " is empty.", "Fill it in, or remove it.");
    }
    String words = title(parent);
    String fix =
        switch (schema.at(parent + "/type").asText()) {
          case "boolean", "integer" -> "Write " + words + ", without quotes.";
          case "string" -> words.startsWith("text") ? "Put it in quotes." : "Write " + words + ".";
          default -> "Write " + words + ".";
        };
    return error(
        at,
        "%s is %s.".formatted(place(at), kind(value)),
        value.isContainerNode() && fix.startsWith("Put") ? "Write one line of text." : fix);
  }

  private Finding notAllowed(String at, JsonNode value, String allowed) {
    if (value.isNull()) {
      return error(at, place(at) + " is empty.", "Write " + allowed + ".");
    }
    String what =
        at.endsWith("/url")
            ? place(at) + " is malformed, or holds a user or password."
            : value.isContainerNode()
                ? "%s is %s.".formatted(place(at), kind(value))
                : "%s cannot be '%s'.".formatted(place(at), Echo.of(value.asText()));
    return error(at, what, "Write " + allowed + ".");
  }

  private Finding badName(String at, JsonNode value) {
    Pattern pattern = Pattern.compile(schema.at("/$defs/name/pattern").asText());
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    names.removeIf(name -> pattern.matcher(name).find());
    String name = names.isEmpty() ? "" : names.get(0);
    return error(
        at + "/" + YamlNodes.escape(name),
        "No part of %s can be called '%s'.".formatted(place(at), Echo.of(name)),
        "Write " + title("/$defs/name") + ".");
  }

  private Finding twice(String at, JsonNode value) {
    Set<String> seen = new HashSet<>();
    for (JsonNode item : value) {
      if (!seen.add(item.asText())) {
        return error(
            at,
            "%s names '%s' twice.".formatted(place(at), Echo.of(item.asText())),
            "Keep one of them.");
      }
    }
    return error(at, place(at) + " names something twice.", "Keep one of them.");
  }

  private String options(String parent) {
    List<String> all = new ArrayList<>();
    schema.at(parent + "/enum").forEach(option -> all.add(option.asText()));
    String last = all.remove(all.size() - 1);
    return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
  }

  private String title(String parent) {
    String fallback =
        switch (schema.at(parent + "/type").asText()) {
          case "array" -> "a list";
          case "object" -> "a block of fields";
          default -> "something else";
        };
    return schema.at(parent + "/title").asText(fallback);
  }

  private String place(String pointer) {
    return new Section(tree, pointer).place();
  }

  private static String kind(JsonNode value) {
    return value.isArray()
        ? "a list"
        : value.isObject()
            ? "a block of fields"
            : value.isNumber() ? "a number" : value.isBoolean() ? "true or false" : "text";
  }

  private Finding error(String pointer, String what, String fix) {
    return Finding.error(tree.at(pointer), what, fix);
  }
}
