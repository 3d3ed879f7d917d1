package holdfast.plan;

import java.util.List;

/** Refuses {@code ${…}}, which Spring fills in elsewhere but which is plain text in a plan. */
final class Placeholders {

  private Placeholders() {}

  static void check(YamlTree tree, List<Finding> findings) {
    tree.lines().keySet().stream()
        .filter(pointer -> !pointer.endsWith("/sql"))
        .filter(pointer -> tree.root().at(pointer).asText().contains("${"))
        .map(
            pointer ->
                Finding.error(
                    tree.at(pointer),
                    new Section(tree, pointer).place()
                        + " holds '${', which is not filled in here.",
                    "Write the value itself; secrets are written {env: NAME}."))
        .forEach(findings::add);
  }
}
