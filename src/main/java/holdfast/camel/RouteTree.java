package holdfast.camel;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.camel.RouteFiles.RouteFile;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import holdfast.plan.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One route file, read: its fields, and the line each was written on. */
record RouteTree(RouteFile file, YamlTree yaml) {

  /**
   * One field somewhere in the file.
   *
   * @param pointer its JSON pointer
   * @param owner the field or list entry that holds it
   */
  record Field(String pointer, String name, JsonNode value, JsonNode owner) {

    /** The pointer of its owner. */
    String above() {
      return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    boolean isText() {
      return value.isTextual();
    }
  }

  /** Reads a file; absent when a finding says why. */
  static Optional<RouteTree> read(RouteFile file, List<Finding> findings) {
    return YamlTree.of(file.path(), file.text(), findings).map(tree -> new RouteTree(file, tree));
  }

  /**
   * What the file declares: route, routeTemplate or routeConfiguration; empty where none of them.
   */
  String kind() {
    JsonNode first = yaml.root().path(0);
    return first.size() == 1 ? first.fieldNames().next() : "";
  }

  /** Its declaration, below {@link #kind()}. */
  JsonNode declared() {
    return yaml.root().path(0).path(kind());
  }

  /** The route itself, also within a template. */
  JsonNode route() {
    return kind().equals("routeTemplate") ? declared().path("route") : declared();
  }

  String routePointer() {
    return "/0/" + kind() + (kind().equals("routeTemplate") ? "/route" : "");
  }

  String id() {
    return declared().path("id").asText();
  }

  /** Every field of the file, parents before children. */
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    collect("", yaml.root(), fields);
    return fields;
  }

  private static void collect(String pointer, JsonNode node, List<Field> fields) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(pointer + "/" + i, node.get(i), fields);
      }
    }
    node.fields()
        .forEachRemaining(
            entry -> {
              String here = pointer + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
              fields.add(new Field(here, entry.getKey(), entry.getValue(), node));
              collect(here, entry.getValue(), fields);
            });
  }

  /** Fields that name an endpoint. */
  List<Field> endpoints() {
    return fields().stream().filter(f -> f.name().equals("uri") && f.isText()).toList();
  }

  /** A parameter of the endpoint that {@code uri} names, empty where it is absent. */
  static String parameter(Field uri, String name) {
    return uri.owner().path("parameters").path(name).asText("");
  }

  /** Where something was written. */
  Origin at(String pointer) {
    return yaml.at(pointer);
  }

  Finding error(String pointer, String what, String fix) {
    return Finding.error(at(pointer), what, fix);
  }
}
