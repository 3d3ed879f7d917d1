package holdfast.notify;

import holdfast.incident.AckLinks;
import holdfast.incident.Notice;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import java.util.Map;

/** Turns an outbox row into a message. */
public final class Messages {

  private final Plans plans;
  private final Drafts drafts;
  private final Readers readers;
  private final Templates templates;

  public Messages(Plans plans, AckLinks links) {
    this.plans = plans;
    this.drafts = new Drafts(plans, links);
    this.readers = new Readers(plans);
    this.templates = new Templates(plans.home());
  }

  /** The message of a claimed row: its {@code id}, {@code channel}, and {@code event} as JSON. */
  public Message compose(Map<String, Object> row) {
    Draft draft = drafts.of(row);
    Letter letter = draft.letter();
    Templates.Name text = customers(draft) ? Templates.Name.CUSTOMER : Templates.Name.TEXT;
    Templates.Name page = customers(draft) ? Templates.Name.CUSTOMER_PAGE : Templates.Name.PAGE;
    Templates.Name slack = customers(draft) ? Templates.Name.CUSTOMER : Templates.Name.SLACK;
    return new Message(
        draft.id(),
        draft.subject(),
        Encoding.ascii(letter.subject(), Encoding.TOPIC_SUBJECT_MAX),
        templates.render(text, letter),
        templates.render(page, letter),
        Encoding.capped(templates.render(slack, Encoding.slack(letter)), Encoding.SLACK_MAX),
        draft.json(),
        draft.kind(),
        draft.resource(),
        "<outbox-%d.%s@holdfast>".formatted(draft.id(), draft.key()),
        draft.thread(),
        to(draft),
        brief(draft));
  }

  private static boolean customers(Draft draft) {
    return draft.notice() != null && draft.notice().type() == Notice.Type.CUSTOMER;
  }

  private String to(Draft draft) {
    ChannelSpec channel = plans.installation().channels().get(draft.channel());
    if (channel instanceof ChannelSpec.Email email) {
      return String.join(",", readers.addresses(email, draft.notice()));
    }
    return channel instanceof ChannelSpec.Sms sms
        ? String.join(",", readers.numbers(sms, draft.notice()))
        : "";
  }

  /** The command stays whole; the words before it are cut. */
  private static String brief(Draft draft) {
    Notice notice = draft.notice();
    String command =
        notice == null || !NoticeWords.asks(notice)
            ? ""
            : Encoding.gsm(". holdfast incident ack " + notice.incident(), Encoding.SHORT_MAX / 2);
    String words = Encoding.gsm(draft.letter().subject(), Encoding.SHORT_MAX - command.length());
    return words + command;
  }
}
