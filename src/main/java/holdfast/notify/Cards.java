package holdfast.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holdfast.incident.Notice;
import holdfast.notify.Letter.Fact;
import holdfast.plan.Plans;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A letter laid out in the blocks of Slack and in the cards of Teams. */
final class Cards {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Slack takes a heading of 150 characters, ten fields to a section, 2,000 characters in each. */
  private static final int HEADING_MAX = 150;

  private static final int FIELDS_MAX = 10;
  private static final int TEXT_MAX = 2000;

  private final Plans plans;

  Cards(Plans plans) {
    this.plans = plans;
  }

  ArrayNode slack(Draft draft, boolean button) {
    Letter letter = draft.letter();
    ArrayNode blocks = JSON.createArrayNode();
    ObjectNode heading = blocks.addObject().put("type", "header").putObject("text");
    heading.put("type", "plain_text").put("emoji", false);
    heading.put("text", Encoding.capped(letter.subject(), HEADING_MAX));
    markdown(blocks.addObject().put("type", "section").putObject("text"), letter.sentence());
    ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
    for (Fact fact : letter.facts().subList(0, Math.min(FIELDS_MAX, letter.facts().size()))) {
      markdown(fields.addObject(), fact.label() + ": " + fact.value());
    }
    if (!letter.next().isEmpty()) {
      markdown(blocks.addObject().put("type", "section").putObject("text"), letter.next());
    }
    Notice notice = draft.notice();
    if (button && notice != null && NoticeWords.asks(notice)) {
      button(blocks, notice);
    }
    return blocks;
  }

  private static void markdown(ObjectNode at, String text) {
    String shown = text.isEmpty() ? "-" : text;
    at.put("type", "mrkdwn").put("verbatim", true);
    at.put("text", Encoding.slack(Encoding.line(shown, Encoding.VALUE_MAX), TEXT_MAX));
  }

  private static void button(ArrayNode blocks, Notice notice) {
    ObjectNode button = blocks.addObject().put("type", "actions").putArray("elements").addObject();
    button.put("type", "button").put("style", "primary");
    button.put("action_id", Payloads.ACKNOWLEDGE).put("value", notice.incident());
    button.putObject("text").put("type", "plain_text").put("text", "Acknowledge");
  }

  ObjectNode teams(Draft draft) {
    Letter letter = draft.letter();
    ObjectNode card = JSON.createObjectNode().put("type", "AdaptiveCard").put("version", "1.4");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    ArrayNode body = card.putArray("body");
    block(body, letter.subject()).put("weight", "Bolder").put("size", "Medium");
    block(body, letter.sentence());
    ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
    for (Fact fact : letter.facts()) {
      facts.addObject().put("title", fact.label()).put("value", Encoding.markdown(fact.value()));
    }
    if (!letter.next().isEmpty()) {
      block(body, letter.next());
    }
    page(card, draft.notice());
    return card;
  }

  private static ObjectNode block(ArrayNode body, String text) {
    return body.addObject()
        .put("type", "TextBlock")
        .put("wrap", true)
        .put("text", Encoding.markdown(text));
  }

  private void page(ObjectNode card, @Nullable Notice notice) {
    URI address = plans.installation().address();
    if (address != null && notice != null && NoticeWords.asks(notice)) {
      card.putArray("actions")
          .addObject()
          .put("type", "Action.OpenUrl")
          .put("title", "Open the incident")
          .put("url", address + "/incidents/" + notice.incident());
    }
  }
}
