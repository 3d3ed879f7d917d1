package holdfast.notify;

import holdfast.incident.AckLinks;
import holdfast.incident.Notice;
import holdfast.journal.Event;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds the words for an outbox row, whatever it tells of. */
final class Drafts {

  /** These answer no other message. */
  private static final Set<Notice.Type> STANDALONE =
      EnumSet.of(Notice.Type.OPENED, Notice.Type.TEST, Notice.Type.CUSTOMER);

  private final Plans plans;
  private final Words words;
  private final NoticeWords noticeWords;
  private final AckLinks links;

  Drafts(Plans plans, AckLinks links) {
    this.plans = plans;
    this.words = new Words(plans);
    this.noticeWords = new NoticeWords(plans);
    this.links = links;
  }

  /** The words of a claimed row: its {@code id}, its {@code channel}, its {@code event} as JSON. */
  Draft of(Map<String, Object> row) {
    long id = ((Number) row.get("id")).longValue();
    String channel = String.valueOf(row.get("channel"));
    String json = String.valueOf(row.get("event"));
    return Notice.holds(json)
        ? told(id, channel, json, Notice.read(json))
        : ran(id, channel, json, Event.read(json));
  }

  private Draft ran(long id, String channel, String json, Event event) {
    Letter letter = words.of(event);
    return new Draft(
        id,
        channel,
        json,
        null,
        letter,
        letter.subject(),
        "Holdfast " + event.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        "holdfast:%s/%s".formatted(event.asset(), event.point() == null ? "-" : event.point()),
        event.runId().isEmpty() ? "none" : event.runId());
  }

  private Draft told(long id, String channel, String json, Notice notice) {
    boolean test = notice.type() == Notice.Type.TEST;
    boolean first = STANDALONE.contains(notice.type());
    String stem = Encoding.line(NoticeWords.stem(notice), Encoding.SUBJECT_MAX - 4);
    return new Draft(
        id,
        channel,
        json,
        notice,
        noticeWords.of(notice, link(channel, notice)),
        first ? stem : "Re: " + stem,
        (test ? "Holdfast alarm " : "Holdfast incident ")
            + notice.type().name().toLowerCase(Locale.ROOT),
        (test ? "holdfast:alarm-test/" : "holdfast:incident/") + notice.incident(),
        "incident-" + notice.incident());
  }

  /** Only mail carries a key: what stands in a chat is read by more people than were told. */
  private String link(String channel, Notice notice) {
    URI address = plans.installation().address();
    boolean mail = plans.installation().channels().get(channel) instanceof ChannelSpec.Email;
    return mail && address != null && NoticeWords.asks(notice)
        ? "%s/incidents/%s/ack?key=%s"
            .formatted(address, notice.incident(), links.make(notice.incident(), channel))
        : "";
  }
}
