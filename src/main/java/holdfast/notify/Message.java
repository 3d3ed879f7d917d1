package holdfast.notify;

/**
 * One outbox row in the words and encoding of every channel; a route takes the part it sends.
 *
 * @param id the outbox row
 * @param subject free of line breaks, at most 150 characters
 * @param topicSubject as a topic takes it: printable ASCII, at most 100 characters
 * @param text plain text, for mail readers and topics
 * @param html the same as a page of mail, every value escaped
 * @param slack the same in Slack's own marks, every value escaped
 * @param json the event, for programs
 * @param kind what programs may filter by, such as {@code Holdfast point proven}
 * @param resource what the event is about, {@code holdfast:SYSTEM/ASSET/POINT}
 * @param messageId the same for every attempt, so that a mail reader shows a repeat only once
 * @param thread the id that all mails of one incident refer to; empty where there is none
 * @param to mail addresses or telephone numbers with commas between them; empty on other channels
 * @param brief one text message, at most 140 characters
 */
public record Message(
    long id,
    String subject,
    String topicSubject,
    String text,
    String html,
    String slack,
    String json,
    String kind,
    String resource,
    String messageId,
    String thread,
    String to,
    String brief) {

  /** What a notice for customers is, for programs to filter by. */
  static final String FOR_CUSTOMERS = "Holdfast incident customer";

  /** Whether its readers shall not learn of each other. */
  public boolean blind() {
    return kind.equals(FOR_CUSTOMERS);
  }
}
