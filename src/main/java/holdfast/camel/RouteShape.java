package holdfast.camel;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.camel.RouteFiles.RouteFile;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How a route file is laid out, so that people who know no Java find their way. */
final class RouteShape {

  private static final int LINES = 60;
  private static final int RUNBOOK_LINES = 150;
  private static final Set<String> KINDS = Set.of("route", "routeTemplate", "routeConfiguration");

  private RouteShape() {}

  static List<Finding> findings(RouteTree tree) {
    List<Finding> findings = new ArrayList<>();
    layout(tree.file(), findings);
    if (tree.yaml().root().size() != 1 || !KINDS.contains(tree.kind())) {
      findings.add(
          tree.error(
              "",
              "This file does not hold exactly one route, routeTemplate or routeConfiguration.",
              "Give each a file of its own."));
      return findings;
    }
    id(tree, findings);
    description(tree, findings);
    policy(tree, findings);
    return findings;
  }

  private static void layout(RouteFile file, List<Finding> findings) {
    if (!file.text().startsWith("# ")) {
      findings.add(
          Finding.error(
              new Origin(file.path(), 1),
              "This file does not begin with a comment.",
              "Say in its first line, after '# ', what it is for."));
    }
    int lines = (int) file.text().lines().dropWhile(line -> line.startsWith("#")).count();
    int most = file.folder().equals("runbook") ? RUNBOOK_LINES : LINES;
    if (lines > most) {
      findings.add(
          Finding.error(
              new Origin(file.path(), (int) file.text().lines().count()),
              "This file has %d lines below its comment; %d are allowed.".formatted(lines, most),
              "Move a part of it into a route of its own and call that with direct."));
    }
  }

  private static void id(RouteTree tree, List<Finding> findings) {
    String folder = tree.file().folder();
    String name = tree.file().name();
    String wanted = name.startsWith(folder + "-") ? name : folder + "-" + name;
    String id = tree.id();
    if (id.isEmpty() || !(id.equals(wanted) || id.startsWith(wanted + "-"))) {
      findings.add(
          tree.error(
              "/0/" + tree.kind() + "/id",
              id.isEmpty()
                  ? "This %s has no id.".formatted(tree.kind())
                  : "The id '%s' does not follow from the file's name.".formatted(id),
              "Write id: %s.".formatted(wanted)));
    }
  }

  private static void description(RouteTree tree, List<Finding> findings) {
    if (tree.declared().path("description").asText().isBlank()) {
      findings.add(
          tree.error(
              "/0/" + tree.kind(),
              "This %s has no description.".formatted(tree.kind()),
              "Add description: with a few plain words."));
    }
  }

  /** A template that starts from direct may leave failures to whoever calls it. */
  private static void policy(RouteTree tree, List<Finding> findings) {
    JsonNode route = tree.route();
    boolean called =
        tree.kind().equals("routeTemplate")
            && route.path("from").path("uri").asText().equals("direct");
    if (!tree.kind().equals("routeConfiguration")
        && !called
        && route.path("routeConfigurationId").asText().isBlank()) {
      findings.add(
          tree.error(
              tree.routePointer(),
              "This route does not say what happens when it fails.",
              "Add routeConfigurationId: with the id of a file in routes/policy/."));
    }
  }
}
