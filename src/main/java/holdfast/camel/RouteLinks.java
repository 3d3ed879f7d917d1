package holdfast.camel;

import holdfast.camel.RouteTree.Field;
import holdfast.plan.Finding;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether what the files name is there: policies, routes, beans, their methods, and files. */
final class RouteLinks {

  private final List<RouteTree> trees;
  private final Function<String, @Nullable Object> beans;
  private final List<Finding> findings = new ArrayList<>();

  private RouteLinks(List<RouteTree> trees, Function<String, @Nullable Object> beans) {
    this.trees = trees;
    this.beans = beans;
  }

  /**
   * Findings about all files together.
   *
   * @param all whether {@code trees} are all there are; what one names may else be in a file that
   *     cannot be read yet, and no second finding shall hide the first
   * @param beans gives the bean of a name, or null
   */
  static List<Finding> findings(
      List<RouteTree> trees, boolean all, Function<String, @Nullable Object> beans) {
    RouteLinks links = new RouteLinks(trees, beans);
    links.ids();
    links.starts();
    if (all) {
      links.policies();
      links.calls();
    }
    for (RouteTree tree : trees) {
      tree.endpoints().forEach(uri -> links.endpoint(tree, uri));
      tree.fields().forEach(field -> links.reference(tree, field));
    }
    return links.findings;
  }

  private void ids() {
    Map<String, RouteTree> first = new HashMap<>();
    for (RouteTree tree : trees) {
      RouteTree other = first.putIfAbsent(tree.id(), tree);
      if (other != null) {
        findings.add(
            tree.error(
                "/0/" + tree.kind() + "/id",
                "The id '%s' is also that of %s.".formatted(tree.id(), other.file().path()),
                "Give each file an id of its own."));
      }
    }
  }

  private void policies() {
    Set<String> known = new HashSet<>();
    trees.stream()
        .filter(tree -> tree.kind().equals("routeConfiguration"))
        .forEach(tree -> known.add(tree.id()));
    for (RouteTree tree : trees) {
      String policy = tree.route().path("routeConfigurationId").asText();
      if (!policy.isEmpty() && !known.contains(policy)) {
        findings.add(
            tree.error(
                tree.routePointer() + "/routeConfigurationId",
                "No file in routes/policy/ is called '%s'.".formatted(policy),
                "Known here: %s.".formatted(String.join(", ", known.stream().sorted().toList()))));
      }
    }
  }

  /** No two routes start from the same place. */
  private void starts() {
    Set<String> starts = new HashSet<>();
    for (RouteTree tree : trees) {
      for (Field uri : tree.endpoints()) {
        if (isFrom(uri) && !starts.add(name(uri)) && isQueue(uri) && !name(uri).contains("{{")) {
          findings.add(
              tree.error(
                  uri.pointer(),
                  "Another route starts from %s as well.".formatted(quoted(uri)),
                  "Give each a name of its own."));
        }
      }
    }
  }

  /** Every direct or seda endpoint that is called starts a route somewhere. */
  private void calls() {
    Set<String> starts = new HashSet<>();
    for (RouteTree tree : trees) {
      tree.endpoints().stream().filter(RouteLinks::isFrom).forEach(uri -> starts.add(name(uri)));
    }
    for (RouteTree tree : trees) {
      for (Field uri : tree.endpoints()) {
        if (isQueue(uri) && !isFrom(uri) && !starts.contains(name(uri))) {
          findings.add(
              tree.error(
                  uri.pointer(),
                  "No route starts from %s.".formatted(quoted(uri)),
                  "Correct the name, or add the route."));
        }
      }
    }
  }

  private static boolean isFrom(Field uri) {
    return uri.above().endsWith("/from");
  }

  private static boolean isQueue(Field uri) {
    return uri.value().asText().equals("direct") || uri.value().asText().equals("seda");
  }

  private static String name(Field uri) {
    return uri.value().asText() + " " + RouteTree.parameter(uri, "name");
  }

  private static String quoted(Field uri) {
    return "%s '%s'".formatted(uri.value().asText(), RouteTree.parameter(uri, "name"));
  }

  private void endpoint(RouteTree tree, Field uri) {
    if (uri.value().asText().equals("bean")) {
      String method = RouteTree.parameter(uri, "method");
      String parameters = uri.above() + "/parameters";
      bean(tree, parameters, "beanName", RouteTree.parameter(uri, "beanName"), method);
    }
    String query = RouteTree.parameter(uri, "query");
    if (query.startsWith("classpath:")
        && getClass().getResource("/" + query.substring("classpath:".length())) == null) {
      findings.add(
          tree.error(
              uri.above() + "/parameters/query",
              "There is no statement %s.".formatted(query),
              "Correct the name: the shipped ones are in sql/."));
    }
  }

  /** {@code "#journal"} and the {@code ref:} of a method expression. */
  private void reference(RouteTree tree, Field field) {
    if (!field.isText()) {
      return;
    }
    String text = field.value().asText();
    if (text.startsWith("#") && !text.contains("{{")) {
      String bean = text.substring(text.startsWith("#bean:") ? "#bean:".length() : 1);
      bean(tree, field.above(), field.name(), bean, "");
    }
    if (field.name().equals("ref") && field.above().endsWith("/method")) {
      bean(tree, field.above(), "ref", text, field.owner().path("method").asText());
    }
  }

  private void bean(RouteTree tree, String above, String field, String name, String method) {
    Object bean = beans.apply(name);
    if (bean == null) {
      findings.add(
          tree.error(
              above + "/" + field,
              "There is no bean '%s'.".formatted(name),
              "Correct its name: a shipped route shows it."));
    } else if (!method.isEmpty() && !method.contains("{{") && !has(bean, method)) {
      findings.add(
          tree.error(
              above + "/method",
              "The bean '%s' has no method '%s'.".formatted(name, bare(method)),
              "It has: %s.".formatted(String.join(", ", methods(bean)))));
    }
  }

  private static boolean has(Object bean, String method) {
    return methods(bean).contains(bare(method));
  }

  private static String bare(String method) {
    return method.contains("(") ? method.substring(0, method.indexOf('(')) : method;
  }

  private static List<String> methods(Object bean) {
    return Arrays.stream(bean.getClass().getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .map(Method::getName)
        .distinct()
        .sorted()
        .toList();
  }
}
