package holdfast.demo;

import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Turns what the servers took into what people see. */
final class Letters {

  private Letters() {}

  static List<Inbox.Letter> of(MailServer mail, Receiver receiver) {
    List<Inbox.Letter> letters = new ArrayList<>();
    receiver.taken("slack").forEach(taken -> letters.add(letter("Slack", taken, "", "text")));
    receiver.taken("sns").forEach(taken -> letters.add(letter("SNS", taken, "Subject", "Message")));
    receiver
        .taken("events")
        .forEach(taken -> letters.add(letter("EventBridge", taken, "DetailType", "Detail")));
    for (MailServer.Mail each : mail.mails()) {
      letters.add(
          new Inbox.Letter(
              "Email to " + String.join(", ", each.to()),
              "from " + each.from(),
              each.subject(),
              each.text(),
              each.html()));
    }
    Collections.reverse(letters);
    return letters;
  }

  private static Inbox.Letter letter(
      String channel, Receiver.Taken taken, String title, String text) {
    return new Inbox.Letter(
        channel,
        taken.at().toString(),
        taken.parameters().getOrDefault(title, ""),
        taken.parameters().getOrDefault(text, ""),
        "");
  }
}
