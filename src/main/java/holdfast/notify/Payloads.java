package holdfast.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holdfast.incident.AckLinks;
import holdfast.incident.CustomerNotices;
import holdfast.incident.Notice;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message in the JSON that a channel's protocol asks for, every value encoded for where it goes
 * and no longer than it may be there. Without secrets: the route's sender adds its own.
 */
public final class Payloads {

  /** What the button that acknowledges is called, for Slack to repeat when it is pressed. */
  public static final String ACKNOWLEDGE = "holdfast-acknowledge";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SUMMARY_MAX = 1024;
  private static final int KEY_MAX = 255;

  /** By which the reader of events knows what PagerDuty sends back as ours. */
  private static final String ORIGIN = "holdfast:";

  private final Drafts drafts;
  private final Cards cards;

  public Payloads(Plans plans, AckLinks links) {
    this.drafts = new Drafts(plans, links);
    this.cards = new Cards(plans);
  }

  /**
   * For Slack's {@code chat.postMessage}.
   *
   * @param channel of Slack's
   * @param thread the first message about the same incident; absent for none
   * @param button whether a press is heard
   */
  public String slack(
      Map<String, Object> row, String channel, @Nullable String thread, boolean button) {
    Draft draft = drafts.of(row);
    ObjectNode message = JSON.createObjectNode();
    message.put("channel", channel);
    message.put("text", Encoding.capped(Encoding.slack(draft.letter().subject()), SUMMARY_MAX));
    message.put("unfurl_links", false).put("unfurl_media", false);
    if (thread != null) {
      message.put("thread_ts", thread);
      message.put("reply_broadcast", draft.notice() != null && NoticeWords.asks(draft.notice()));
    }
    message.set("blocks", cards.slack(draft, button));
    return text(message);
  }

  /** For Teams: an Adaptive Card, as a workflow's webhook takes it. */
  public String teams(Map<String, Object> row) {
    ObjectNode message = JSON.createObjectNode().put("type", "message");
    ObjectNode card = message.putArray("attachments").addObject();
    card.put("contentType", "application/vnd.microsoft.card.adaptive");
    card.set("content", cards.teams(drafts.of(row)));
    return text(message);
  }

  /** For PagerDuty's Events API v2; empty where there is nothing to call anybody for. */
  public Optional<String> pagerDuty(Map<String, Object> row, String routingKey) {
    Draft draft = drafts.of(row);
    return action(draft.notice()).map(action -> event(action, draft, routingKey));
  }

  private static String event(String action, Draft draft, String routingKey) {
    ObjectNode event = JSON.createObjectNode();
    event.put("routing_key", routingKey).put("event_action", action);
    event.put("dedup_key", Encoding.line(key(draft), KEY_MAX));
    if (action.equals("trigger")) {
      alert(event, draft);
    }
    return text(event);
  }

  private static void alert(ObjectNode event, Draft draft) {
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", Encoding.line(draft.letter().subject(), SUMMARY_MAX));
    payload.put("source", draft.notice() == null ? "holdfast" : source(draft.notice()));
    payload.put("severity", severity(draft.notice()));
    ObjectNode details = payload.putObject("custom_details");
    details.put("sentence", draft.letter().sentence());
    draft.letter().facts().forEach(fact -> details.put(fact.label(), fact.value()));
    event.put("client", "Holdfast");
  }

  /**
   * Only a call triggers: whoever ended the alert over there is not to be called again by news. A
   * test ends an alert that never was: it is taken like any other event, and calls nobody.
   */
  private static Optional<String> action(@Nullable Notice notice) {
    if (notice == null) {
      return Optional.of("trigger");
    }
    return switch (notice.type()) {
      case OPENED, ESCALATED, REPEATED, REOPENED, CUSTOMER -> Optional.of("trigger");
      case ACKNOWLEDGED -> Optional.of("acknowledge");
      case UPDATED -> Optional.ofNullable(notice.facts().get("actor")).map(actor -> "acknowledge");
      case DIGEST -> notice.level() > 0 ? Optional.of("trigger") : Optional.empty();
      case RESOLVED, TEST -> Optional.of("resolve");
    };
  }

  private static String key(Draft draft) {
    Notice notice = draft.notice();
    return notice == null || notice.incident().isEmpty()
        ? ORIGIN + draft.id()
        : ORIGIN + notice.incident();
  }

  private static String source(Notice notice) {
    return notice.system().isEmpty() ? "holdfast" : Encoding.line(notice.system(), KEY_MAX);
  }

  private static String severity(@Nullable Notice notice) {
    Severity severity = notice == null ? Severity.LOW : notice.severity();
    return switch (severity) {
      case CRITICAL -> "critical";
      case HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "info";
    };
  }

  /** For any program: what happened as the journal holds it, and its words. */
  public String webhook(Map<String, Object> row) {
    Draft draft = drafts.of(row);
    ObjectNode message = JSON.createObjectNode();
    message.put("id", draft.id()).put("type", draft.kind()).put("resource", draft.resource());
    message.put("subject", draft.letter().subject()).put("sentence", draft.letter().sentence());
    try {
      message.set("event", JSON.readTree(draft.json()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text(message);
  }

  /**
   * For a status page, which everybody reads: nothing of what is inside, only that something is the
   * matter and how far it is, unless somebody has approved words for customers. Empty where there
   * is nothing new to show.
   *
   * @param known whether the page has the incident already
   */
  public Optional<String> statusPage(Map<String, Object> row, boolean known) {
    Notice notice = drafts.of(row).notice();
    if (notice == null || !StatusWords.shown(notice, known)) {
      return Optional.empty();
    }
    ObjectNode all = JSON.createObjectNode();
    ObjectNode incident = all.putObject("incident");
    incident.put("status", StatusWords.status(notice));
    incident.put("body", Encoding.prose(StatusWords.body(notice), CustomerNotices.BODY_MAX));
    if (!known) {
      incident.put("name", Encoding.line(StatusWords.name(notice), Encoding.SUBJECT_MAX));
      incident.put("impact_override", StatusWords.impact(notice));
    }
    return Optional.of(text(all));
  }

  private static String text(ObjectNode message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
