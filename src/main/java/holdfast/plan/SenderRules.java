package holdfast.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold within and between well-formed senders. */
final class SenderRules {

  private final List<Finding> findings;
  private final Map<String, Section> queues = new HashMap<>();

  SenderRules(List<Finding> findings) {
    this.findings = findings;
  }

  void check(Section sender) {
    switch (sender.text("kind")) {
      case "sqs" -> queue(sender);
      case "sns" -> topics(sender);
      case "generic" -> generic(sender);
      default -> {}
    }
  }

  private void queue(Section sender) {
    region(sender, "queue", sender.origin("region"), sender.text("queue"));
    Section other = queues.putIfAbsent(sender.text("queue"), sender);
    if (other != null) {
      error(
          sender.origin("queue"),
          "%s and %s read the same queue.".formatted(other.place(), sender.place()),
          "Keep one of them: each event goes to one reader only.");
    }
  }

  private void topics(Section sender) {
    sender
        .texts("topics")
        .forEach(topic -> region(sender, "topic", sender.origin("region"), topic));
  }

  private void region(Section sender, String what, Origin origin, String arn) {
    String region = arn.split(":")[3];
    if (!region.equals(sender.text("region"))) {
      error(
          origin,
          "%s names a %s in %s but the region %s."
              .formatted(sender.place(), what, region, sender.text("region")),
          "Write region: %s, or a sender of its own for each region.".formatted(region));
    }
  }

  private void generic(Section sender) {
    if (sender.has("token") == sender.has("hmac")) {
      error(
          sender.origin(),
          sender.has("token")
              ? sender.place() + " has both a token and an hmac."
              : sender.place() + " has neither a token nor an hmac.",
          "Write one of them: token if the sender shows a secret, hmac if it signs the body.");
    }
  }

  private void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }
}
