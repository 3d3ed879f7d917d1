package holdfast.camel;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.camel.RouteTree.Field;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;

/** The one way of writing a route that a visual editor keeps as it is. */
final class RouteForm {

  private static final Set<String> LANGUAGES = Set.of("simple", "constant", "method");

  /** Fields that take a language directly, without {@code expression:} around it. */
  private static final Set<String> BARE =
      Set.of("expression", "handled", "continued", "retryWhile", "correlationExpression");

  private RouteForm() {}

  static List<Finding> findings(RouteTree tree) {
    List<Finding> findings = new ArrayList<>(writing(tree));
    for (Field field : tree.fields()) {
      step(tree, field, findings);
      endpoint(tree, field, findings);
      expression(tree, field, findings);
    }
    return findings;
  }

  /** Flow style, and comments that an editor drops. */
  private static List<Finding> writing(RouteTree tree) {
    List<Finding> findings = new ArrayList<>();
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    boolean begun = false;
    for (Event event : new Yaml(options).parse(new StringReader(tree.file().text()))) {
      Origin here = new Origin(tree.file().path(), event.getStartMark().getLine() + 1);
      if (event instanceof CollectionStartEvent start) {
        begun = true;
        if (start.isFlow()) {
          findings.add(
              Finding.error(
                  here,
                  "Braces or brackets stand here.",
                  "Write one field or entry per line, as a visual editor does."));
        }
      } else if (begun && event instanceof CommentEvent comment && isText(comment)) {
        findings.add(
            Finding.error(
                here,
                "A comment stands below the first field, where a visual editor drops it.",
                "Move it to the top of the file, or into a description."));
      }
    }
    return findings;
  }

  private static boolean isText(CommentEvent comment) {
    return comment.getCommentType() != CommentType.BLANK_LINE;
  }

  private static void step(RouteTree tree, Field field, List<Finding> findings) {
    if (!field.name().equals("steps") || !field.value().isArray()) {
      return;
    }
    for (int i = 0; i < field.value().size(); i++) {
      JsonNode step = field.value().get(i);
      String pointer = field.pointer() + "/" + i;
      if (step.size() != 1) {
        findings.add(
            tree.error(pointer, "This step has not exactly one name.", "Begin each with a dash."));
      } else if (!step.elements().next().isContainerNode() && !bare(step)) {
        String name = step.fieldNames().next();
        findings.add(
            tree.error(
                pointer,
                "The step '%s' is written in short form.".formatted(name),
                "Write its fields below it, one per line."));
      }
    }
  }

  /** {@code stop:} and its like have no fields. */
  private static boolean bare(JsonNode step) {
    return step.elements().next().isNull();
  }

  private static void endpoint(RouteTree tree, Field field, List<Finding> findings) {
    boolean uri = field.name().equals("uri") && field.isText();
    if (uri && (field.value().asText().contains(":") || field.value().asText().contains("?"))) {
      String scheme = field.value().asText().split("[:?]", 2)[0];
      findings.add(
          tree.error(
              field.pointer(),
              "The address '%s' is written in one piece.".formatted(field.value().asText()),
              "Write uri: %s, and the rest as parameters: below it.".formatted(scheme)));
    }
  }

  private static void expression(RouteTree tree, Field field, List<Finding> findings) {
    String above = field.above();
    boolean named = field.name().equals("method") && above.endsWith("/method");
    if (!LANGUAGES.contains(field.name()) || named || above.contains("/parameters")) {
      return;
    }
    String owner = above.substring(above.lastIndexOf('/') + 1);
    if (field.isText() || !BARE.contains(owner)) {
      findings.add(
          tree.error(
              field.pointer(),
              "The expression of '%s' is written in short form."
                  .formatted(owner.equals("expression") ? grandparent(above) : owner),
              "Write expression:, below it %s:, and below that expression: with the text."
                  .formatted(field.name())));
    }
  }

  private static String grandparent(String above) {
    String[] parts = above.split("/");
    return parts[parts.length - 2];
  }
}
