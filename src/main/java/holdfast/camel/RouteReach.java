package holdfast.camel;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.camel.RouteTree.Field;
import holdfast.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of the service a route reaches: the beans made for it, the statements that are shipped, its
 * own parameters. An edited route can then stop a run or leave it out, but not make up a result.
 */
final class RouteReach {

  private static final Pattern SHIPPED = Pattern.compile("classpath:sql/[a-z0-9-]+\\.sql");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]*)");

  private static final Pattern SETTING = Pattern.compile("holdfast\\.[a-z0-9.-]+(:[^{}]*)?");

  /** Camel's own headers change what an endpoint or a bean does: its statement, its method. */
  private static final Pattern STEERING = Pattern.compile("(?i)camel.*|.*(\\$|\\{\\{).*");

  private static final Set<String> HEADERS =
      Set.of(
          "CamelAwsS3Key",
          "CamelAwsS3ObjectTags",
          "CamelAwsSnsSubject",
          "CamelAwsEventbridgeSource",
          "CamelAwsEventbridgeDetailType",
          "CamelAwsEventbridgeResourcesArn",
          "CamelMailAlternativeBody");

  private final RouteTree tree;
  private final RouteBeans beans;
  private final List<Finding> findings = new ArrayList<>();

  private RouteReach(RouteTree tree, RouteBeans beans) {
    this.tree = tree;
    this.beans = beans;
  }

  static List<Finding> findings(RouteTree tree, RouteBeans beans) {
    RouteReach reach = new RouteReach(tree, beans);
    reach.making();
    for (Field field : tree.fields()) {
      if (field.name().equals("uri") && field.isText()) {
        reach.endpoint(field);
      }
      reach.call(field);
      reach.header(field);
      reach.placeholder(field);
    }
    return reach.findings;
  }

  /** A template can make beans of any class. */
  private void making() {
    for (String door : List.of("beans", "configurer")) {
      if (tree.declared().has(door)) {
        add(
            "/0/%s/%s".formatted(tree.kind(), door),
            "This file makes objects of its own with '%s'.".formatted(door),
            "Remove it: what is made in Java belongs into Java.");
      }
    }
  }

  private void endpoint(Field uri) {
    String scheme = uri.value().asText().split("[:?]", 2)[0];
    String parameters = uri.above() + "/parameters";
    if (scheme.equals("bean")) {
      String method = RouteTree.parameter(uri, "method");
      bean(parameters + "/beanName", RouteTree.parameter(uri, "beanName"), parameters, method);
    }
    if (scheme.equals("sql") && !RouteTree.parameter(uri, "dataSource").equals("#scratch")) {
      statements(uri, parameters);
    }
  }

  /** The journal says what is proven; only statements that are part of the service touch it. */
  private void statements(Field uri, String parameters) {
    if (RouteTree.parameter(uri, "useMessageBodyForSql").equals("true")) {
      add(
          uri.pointer(),
          "SQL from a message may only run on the scratch copy.",
          "Write dataSource: \"#scratch\".");
      return;
    }
    List<String> written = new ArrayList<>(List.of("query"));
    uri.owner().path("parameters").fieldNames().forEachRemaining(written::add);
    written.removeIf(name -> !name.equals("query") && !name.startsWith("onConsume"));
    for (String name : written.stream().distinct().toList()) {
      if (!SHIPPED.matcher(RouteTree.parameter(uri, name)).matches()) {
        add(
            parameters + "/" + name,
            "SQL that a route brings along may not run on the journal.",
            "Name a shipped statement, as in query: classpath:sql/claim-outbox.sql.");
      }
    }
  }

  private void call(Field field) {
    JsonNode value = field.value();
    if (field.name().equals("method") && value.isObject()) {
      String kind = value.has("ref") ? "ref" : "beanType";
      String name = value.has("beanType") ? value.path("beanType").asText() : text(value, "ref");
      bean(field.pointer() + "/" + kind, name, field.pointer(), text(value, "method"));
    }
    if (field.name().equals("aggregationStrategy") || field.name().equals("onPrepare")) {
      String method = text(field.owner(), "aggregationStrategyMethodName");
      bean(field.pointer(), value.asText(), field.above(), method);
    }
  }

  private static String text(JsonNode owner, String field) {
    return owner.path(field).asText("");
  }

  private void bean(String pointer, String name, String above, String call) {
    Set<String> methods = beans.methods().get(name);
    String method = call.split("\\(", 2)[0].strip();
    if (methods == null) {
      add(
          pointer,
          "The bean '%s' is not there for routes.".formatted(name),
          "A route may ask: %s.".formatted(sorted(beans.methods().keySet())));
    } else if (!methods.contains(method)) {
      add(
          above + "/method",
          "The bean '%s' has no method '%s' for routes.".formatted(name, method),
          "It has: %s.".formatted(sorted(methods)));
    }
  }

  private void header(Field field) {
    String owner = field.above().replaceFirst("/\\d+$", "");
    boolean named = field.name().equals("name") && owner.matches(".*/(setHeader|headers)");
    String name = field.value().asText();
    if (named && STEERING.matcher(name).matches() && !HEADERS.contains(name)) {
      add(
          field.pointer(),
          "The header '%s' may not be set in a route.".formatted(name),
          "Of those that steer Camel, only these may: %s.".formatted(sorted(HEADERS)));
    }
  }

  /** Placeholders can call beans and read the environment, where passwords are. */
  private void placeholder(Field field) {
    Matcher found = PLACEHOLDER.matcher(field.isText() ? field.value().asText() : "");
    while (found.find()) {
      String name = found.group(1);
      if (!SETTING.matcher(name).matches() && !parameter(name.replaceFirst("^[?!]", ""))) {
        add(
            field.pointer(),
            "The placeholder '{{%s}}' reaches beyond the plan.".formatted(name),
            "Name a parameter of this template, or a setting that begins with holdfast.");
      }
    }
  }

  private boolean parameter(String name) {
    for (JsonNode parameter : tree.declared().path("parameters")) {
      if (parameter.path("name").asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void add(String pointer, String what, String fix) {
    findings.add(tree.error(pointer, what, fix));
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
