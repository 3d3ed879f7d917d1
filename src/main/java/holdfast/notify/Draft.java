package holdfast.notify;

import holdfast.incident.Notice;
import org.jspecify.annotations.Nullable;

/**
 * What an outbox row says, before any channel's form.
 *
 * @param id the outbox row
 * @param channel where it goes
 * @param json the event or notice itself
 * @param notice absent where it tells of a run
 * @param subject what every message of the same matter is called
 * @param key what it is about, for ids of messages
 */
record Draft(
    long id,
    String channel,
    String json,
    @Nullable Notice notice,
    Letter letter,
    String subject,
    String kind,
    String resource,
    String key) {

  /** The mails of one incident belong together; none of a run's do. */
  String thread() {
    return notice == null || notice.incident().isEmpty() || notice.type() == Notice.Type.CUSTOMER
        ? ""
        : "<incident-%s@holdfast>".formatted(notice.incident());
  }
}
