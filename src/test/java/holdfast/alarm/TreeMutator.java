package holdfast.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes a wrong event that is still JSON: values are exchanged, taken away, renamed, doubled. */
final class TreeMutator {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random;
  private final List<String> words;

  TreeMutator(Random random, List<String> words) {
    this.random = random;
    this.words = words;
  }

  /** The event with some of its values changed, or taken from the other event. */
  String mutated(String event, String other) {
    try {
      JsonNode tree = JSON.readTree(event);
      JsonNode donor = JSON.readTree(other);
      for (int i = random.nextInt(5); i >= 0; i--) {
        change(tree, donor);
      }
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException plain) {
      return event;
    }
  }

  private void change(JsonNode tree, JsonNode donor) {
    List<JsonNode> containers = containers(tree);
    if (containers.isEmpty()) {
      return;
    }
    JsonNode at = containers.get(random.nextInt(containers.size()));
    if (at instanceof ObjectNode object && !object.isEmpty()) {
      change(object, value(donor));
    } else if (at instanceof ArrayNode array) {
      array.add(value(donor));
    }
  }

  private void change(ObjectNode object, JsonNode value) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name.toLowerCase(java.util.Locale.ROOT), object.remove(name));
      case 2 -> inside(object, name, value);
      default -> object.set(name, value);
    }
  }

  /** JSON within a text is changed where there is any, as in the messages of topics. */
  private void inside(ObjectNode object, String name, JsonNode value) {
    JsonNode old = object.get(name);
    if (old.isTextual() && old.asText().startsWith("{")) {
      object.put(name, mutated(old.asText(), value.toString()));
    } else {
      object.set(name, JSON.createArrayNode().add(old));
    }
  }

  private JsonNode value(JsonNode donor) {
    List<JsonNode> containers = containers(donor);
    try {
      return containers.isEmpty() || random.nextBoolean()
          ? JSON.readTree(words.get(random.nextInt(words.size())))
          : containers.get(random.nextInt(containers.size())).deepCopy();
    } catch (JsonProcessingException odd) {
      return JSON.nullNode();
    }
  }

  private static List<JsonNode> containers(JsonNode tree) {
    List<JsonNode> found = new ArrayList<>();
    List<JsonNode> open = new ArrayList<>(List.of(tree));
    while (!open.isEmpty() && found.size() < 500) {
      JsonNode node = open.remove(open.size() - 1);
      if (node.isContainerNode()) {
        found.add(node);
        node.forEach(open::add);
      }
    }
    return found;
  }
}
