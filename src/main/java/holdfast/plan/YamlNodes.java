package holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns composed YAML into a JSON tree; refuses tags, duplicate keys and alias bombs. */
final class YamlNodes {

  private static final int MAX_NODES = 50_000;
  private static final int MAX_DEPTH = 30;
  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ);
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,17}\\.[0-9]{1,17}");

  private final Path file;
  private final List<Finding> findings;
  private final Map<String, Integer> lines = new HashMap<>();
  private int nodes;

  YamlNodes(Path file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  /** The tree, absent when a finding says why. */
  Optional<YamlTree> tree(Node root) {
    int before = findings.size();
    JsonNode tree = convert(root, "", 0);
    return findings.size() == before
        ? Optional.of(new YamlTree(file, tree, Map.copyOf(lines)))
        : Optional.empty();
  }

  private JsonNode convert(Node node, String pointer, int depth) {
    lines.putIfAbsent(pointer, line(node));
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      if (nodes != Integer.MAX_VALUE) {
        refuse(
            node,
            "This file holds too much, or repeats an anchor without end.",
            "Write it out plainly.");
        nodes = Integer.MAX_VALUE - 1;
      }
      return JsonNodeFactory.instance.nullNode();
    }
    if (node instanceof MappingNode mapping && PLAIN.contains(node.getTag())) {
      return mapping(mapping, pointer, depth);
    }
    if (node instanceof SequenceNode sequence && PLAIN.contains(node.getTag())) {
      return sequence(sequence, pointer, depth);
    }
    if (node instanceof ScalarNode scalar && PLAIN.contains(node.getTag())) {
      return scalar(scalar);
    }
    refuse(node, "A YAML tag (a word with '!') stands here.", "Remove it: plans are plain data.");
    return JsonNodeFactory.instance.nullNode();
  }

  private ObjectNode mapping(MappingNode mapping, String pointer, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
        refuse(
            tuple.getKeyNode(),
            "This field has no plain name.",
            "Name it with a word; '<<' is not read.");
        continue;
      }
      String child = pointer + "/" + escape(key.getValue());
      if (object.has(key.getValue())) {
        refuse(
            key,
            "The field '%s' is written twice; the first is on line %d."
                .formatted(key.getValue(), lines.get(child)),
            "Keep one of them.");
        continue;
      }
      lines.put(child, line(key));
      object.set(key.getValue(), convert(tuple.getValueNode(), child, depth + 1));
    }
    return object;
  }

  private ArrayNode sequence(SequenceNode sequence, String pointer, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node item : sequence.getValue()) {
      array.add(convert(item, pointer + "/" + array.size(), depth + 1));
    }
    return array;
  }

  /** YAML 1.1 reads yes, 010 and 2:30 as something else than written; here they stay text. */
  private static JsonNode scalar(ScalarNode scalar) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String text = scalar.getValue();
    if (!scalar.isPlain()) {
      return json.textNode(text);
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      return json.nullNode();
    }
    if (text.equals("true") || text.equals("false")) {
      return json.booleanNode(text.equals("true"));
    }
    if (WHOLE.matcher(text).matches()) {
      return json.numberNode(Long.parseLong(text));
    }
    return DECIMAL.matcher(text).matches()
        ? json.numberNode(new BigDecimal(text))
        : json.textNode(text);
  }

  static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private void refuse(Node node, String what, String fix) {
    findings.add(Finding.error(new Origin(file, line(node)), what, fix));
  }
}
