package holdfast.camel;

import holdfast.camel.RouteTree.Field;
import holdfast.plan.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for routes that take events from outside: nothing of a foreign message becomes a
 * header, the guard comes first, what comes in is kept, and a failure is never called a success,
 * because a queue forgets what succeeded.
 */
final class RouteIntake {

  private static final String HEADERS = "#bean:noHeaders";
  private static final String WATCH = "#bean:queueWatch";
  private static final String POLICY = "policy-intake";

  private RouteIntake() {}

  static List<Finding> findings(RouteTree tree) {
    List<Finding> findings = new ArrayList<>();
    boolean guarded = false;
    boolean kept = false;
    for (Field uri : tree.endpoints()) {
      if (uri.above().endsWith("/from")) {
        queue(tree, uri, findings);
      } else if (!guarded && keeps(uri)) {
        findings.add(
            tree.error(
                uri.pointer(),
                "An event would be kept that nobody has proven.",
                "Let the bean guard look at it first."));
      }
      guarded |= isBean(uri, "guard");
      kept |= keeps(uri);
    }
    if (!kept && tree.endpoints().stream().anyMatch(RouteIntake::isWayIn)) {
      findings.add(
          tree.error(
              tree.routePointer(),
              "Events come in here, and none of them would be kept.",
              "Let the bean inbox accept each, after the guard."));
    }
    return findings;
  }

  private static void queue(RouteTree tree, Field uri, List<Finding> findings) {
    if (!uri.value().asText().equals("aws2-sqs")) {
      return;
    }
    named(tree, findings);
    if (!RouteTree.parameter(uri, "headerFilterStrategy").equals(HEADERS)) {
      findings.add(
          tree.error(
              uri.pointer(),
              "Whoever writes to this queue could set headers that steer Camel.",
              "Add headerFilterStrategy: \"%s\" to its parameters.".formatted(HEADERS)));
    }
    if (!RouteTree.parameter(uri, "pollStrategy").equals(WATCH)) {
      findings.add(
          tree.error(
              uri.pointer(),
              "Nobody would hear of it when this queue cannot be read.",
              "Add pollStrategy: \"%s\" to its parameters.".formatted(WATCH)));
    }
    if (!RouteTree.parameter(uri, "messageAttributeNames").isEmpty()) {
      findings.add(
          tree.error(
              uri.above() + "/parameters/messageAttributeNames",
              "Attributes that a foreigner names are asked for here.",
              "Remove messageAttributeNames: an event is its body."));
    }
    if (!tree.route().path("routeConfigurationId").asText().equals(POLICY)) {
      findings.add(
          tree.error(
              tree.routePointer(),
              "A failure that is handled takes the message off its queue.",
              "Write routeConfigurationId: %s.".formatted(POLICY)));
    }
  }

  private static void named(RouteTree tree, List<Finding> findings) {
    if (tree.kind().equals("route") && !tree.id().startsWith(SenderRoutes.IDS)) {
      findings.add(
          tree.error(
              "/0/route/id",
              "Nobody could say whose queue it is that cannot be read.",
              "Begin the id with %s and end it with the sender's name."
                  .formatted(SenderRoutes.IDS)));
    }
  }

  private static boolean isWayIn(Field uri) {
    String scheme = uri.value().asText();
    boolean handed =
        scheme.equals("direct") && RouteIngress.WAYS_IN.contains(RouteTree.parameter(uri, "name"));
    return uri.above().endsWith("/from") && (handed || scheme.equals("aws2-sqs"));
  }

  private static boolean keeps(Field uri) {
    return isBean(uri, "inbox") && RouteTree.parameter(uri, "method").equals("accept");
  }

  private static boolean isBean(Field uri, String name) {
    return uri.value().asText().equals("bean") && RouteTree.parameter(uri, "beanName").equals(name);
  }
}
