package holdfast.camel;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.camel.RouteTree.Field;
import holdfast.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * What a route may use: whoever can write one can run code, so everything not listed is refused.
 */
final class RouteSafety {

  private static final Set<String> SCHEMES =
      Set.of(
          "bean",
          "direct",
          "seda",
          "timer",
          "quartz",
          "log",
          "sql",
          "slack",
          "smtp",
          "http",
          "aws2-s3",
          "aws2-sns",
          "aws2-sqs",
          "aws2-eventbridge");

  private static final Set<String> STEPS =
      Set.of(
          "to",
          "choice",
          "filter",
          "split",
          "doTry",
          "setBody",
          "setVariable",
          "setVariables",
          "setHeader",
          "setHeaders",
          "removeHeader",
          "removeHeaders",
          "removeVariable",
          "log",
          "stop",
          "multicast",
          "wireTap",
          "throwException",
          "delay");

  private static final Set<String> LANGUAGES = Set.of("simple", "constant", "method", "expression");

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(.*(password|passphrase|secret(key)?|access_?key|token|webhookurl|api_?key))");

  private static final Pattern REACHING =
      Pattern.compile(
          "\\$(?:simple)?\\{\\s*(bean|ref|type|env|sysenv|sys|properties|camelContext|exchange|function|random|jq|jsonpath|xpath)[:.}]");

  private static final Set<String> DANGEROUS =
      Set.of("trustAllCertificates", "allowJavaSerializedObject", "transferException");

  /** Producers that read headers which their sender did not mean for them. */
  private static final Set<String> HEADER_READERS = Set.of("smtp", "slack", "aws2-sns", "http");

  private static final Map<String, String> INSTEAD =
      Map.of(
          "toD", "Write to: with one fixed endpoint.",
          "recipientList", "Write one to: per endpoint.",
          "script", "Put the work into a bean.",
          "bean", "Write to: with uri: bean.");

  private static final int EXPRESSION_MAX = 80;

  private RouteSafety() {}

  static List<Finding> findings(RouteTree tree) {
    List<Finding> findings = new ArrayList<>();
    for (Field field : tree.fields()) {
      step(tree, field, findings);
      endpoint(tree, field, findings);
      expression(tree, field, findings);
      option(tree, field, findings);
    }
    return findings;
  }

  private static void step(RouteTree tree, Field field, List<Finding> findings) {
    if (!field.name().equals("steps") || !field.value().isArray()) {
      return;
    }
    for (int i = 0; i < field.value().size(); i++) {
      JsonNode step = field.value().get(i);
      String name = step.size() == 0 ? "" : step.fieldNames().next();
      if (!STEPS.contains(name)) {
        findings.add(
            tree.error(
                field.pointer() + "/" + i,
                "The step '%s' is not allowed in a route.".formatted(name),
                INSTEAD.getOrDefault(name, "Allowed are: " + sorted(STEPS) + ".")));
      }
    }
  }

  private static void endpoint(RouteTree tree, Field uri, List<Finding> findings) {
    if (!uri.name().equals("uri") || !uri.isText()) {
      return;
    }
    String scheme = uri.value().asText().split("[:?]", 2)[0];
    if (!SCHEMES.contains(scheme)) {
      findings.add(
          tree.error(
              uri.pointer(),
              "The endpoint '%s' is not allowed in a route.".formatted(scheme),
              "Allowed are: " + sorted(SCHEMES) + "."));
    }
    bucket(tree, uri, scheme, findings);
    slack(tree, uri, scheme, findings);
    timer(tree, uri, scheme, findings);
    request(tree, uri, scheme, findings);
    headers(tree, uri, scheme, findings);
  }

  private static void bucket(RouteTree tree, Field uri, String scheme, List<Finding> findings) {
    boolean from = uri.above().endsWith("/from");
    if (scheme.equals("aws2-s3")
        && from
        && !RouteTree.parameter(uri, "deleteAfterRead").equals("false")) {
      findings.add(
          tree.error(
              uri.pointer(),
              "Reading from aws2-s3 deletes what it has read.",
              "Add deleteAfterRead: false to its parameters."));
    }
    if (scheme.equals("aws2-s3") && !from && RouteTree.parameter(uri, "operation").isEmpty()) {
      findings.add(
          tree.error(
              uri.pointer(),
              "An aws2-s3 endpoint without operation: uploads the body, which it may cut short.",
              "Name the operation; uploads are the transfer's work."));
    }
  }

  private static void slack(RouteTree tree, Field uri, String scheme, List<Finding> findings) {
    if (scheme.equals("slack") && !uri.pointer().contains("/doTry/steps/")) {
      findings.add(
          tree.error(
              uri.pointer(),
              "A failure of slack escapes every error policy.",
              "Put the step into a doTry with a doCatch."));
    }
  }

  /**
   * An address belongs into the plan, and a client of ours follows no redirect and ends in time.
   */
  private static void request(RouteTree tree, Field uri, String scheme, List<Finding> findings) {
    if (!scheme.equals("http")) {
      return;
    }
    if (!RouteTree.parameter(uri, "httpUri").equals("{{channel}}")
        || !RouteTree.parameter(uri, "httpClient").equals("{{client}}")) {
      findings.add(
          tree.error(
              uri.pointer(),
              "A route may not name an address or a client of its own.",
              "Write httpUri: \"{{channel}}\" and httpClient: \"{{client}}\"."));
    }
  }

  private static void timer(RouteTree tree, Field uri, String scheme, List<Finding> findings) {
    String cron = RouteTree.parameter(uri, "cron");
    if (scheme.equals("quartz")
        && !cron.contains("{{")
        && !CronExpression.isValidExpression(cron.replace('+', ' '))) {
      findings.add(
          tree.error(
              uri.above() + "/parameters/cron",
              "The cron text '%s' cannot be read.".formatted(cron),
              "Write six fields: second, minute, hour, day, month, weekday, such as 0 0 2 * * ?."));
    }
  }

  /** Headers that came along may redirect a mail or leak into a topic. */
  private static void headers(RouteTree tree, Field uri, String scheme, List<Finding> findings) {
    boolean cleared =
        tree.fields().stream()
            .anyMatch(
                field ->
                    field.name().equals("removeHeaders")
                        && field.value().path("pattern").asText().equals("*"));
    if (HEADER_READERS.contains(scheme) && !cleared) {
      findings.add(
          tree.error(
              uri.pointer(),
              "Headers of the message reach %s as they came.".formatted(scheme),
              "Put removeHeaders with pattern \"*\" before it."));
    }
  }

  private static void expression(RouteTree tree, Field field, List<Finding> findings) {
    String above = field.above();
    if (above.endsWith("/expression") && !LANGUAGES.contains(field.name())) {
      findings.add(
          tree.error(
              field.pointer(),
              "The language '%s' is not allowed in a route.".formatted(field.name()),
              "Use simple, constant or method."));
    }
    if (!field.isText()) {
      return;
    }
    String text = field.value().asText();
    Matcher reaching = REACHING.matcher(text);
    if (reaching.find()) {
      findings.add(
          tree.error(
              field.pointer(),
              "The expression '%s' reaches beyond the message.".formatted(text),
              "Look up one field of the body, a header or a variable; anything else is a bean's."));
    } else if (field.name().equals("expression")
        && (text.length() > EXPRESSION_MAX || tooMuch(text))) {
      findings.add(
          tree.error(
              field.pointer(),
              "This expression is more than one lookup or one comparison.",
              "Put the decision into a bean."));
    }
  }

  private static boolean tooMuch(String text) {
    return text.contains("&&") || text.contains("||") || text.split("\\$\\{", -1).length > 3;
  }

  private static void option(RouteTree tree, Field field, List<Finding> findings) {
    String name = field.name();
    if (!field.value().isValueNode() || !field.above().endsWith("/parameters")) {
      return;
    }
    String text = field.value().asText();
    if (DANGEROUS.contains(name) && text.equals("true")) {
      findings.add(
          tree.error(
              field.pointer(), "The option '%s' opens a door.".formatted(name), "Remove it."));
    }
    if (SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()
        && !text.matches("#.*|\\{\\{.*")) {
      findings.add(
          tree.error(
              field.pointer(),
              "A secret is written here as '%s'.".formatted(name),
              "Change that secret, keep it elsewhere, and let the plan refer to it."));
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
