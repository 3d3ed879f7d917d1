package holdfast.incident;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What customers are to be told of an incident.
 *
 * @param body in paragraphs; leaves as it stands here
 * @param channels through which it leaves; may be empty in a draft
 * @param version grows with every change; an approval names the one that was read
 * @param writtenBy whoever changed it last, and so may not approve it
 * @param decidedBy who approved or discarded it
 */
public record CustomerNotice(
    String id,
    String incident,
    String title,
    String body,
    List<String> channels,
    int version,
    String writtenBy,
    Instant writtenAt,
    State state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  /** How far it is. */
  public enum State {
    DRAFT,
    /** Approved, and handed to its channels in the same moment. */
    SENT,
    DISCARDED
  }

  /**
   * What somebody writes.
   *
   * @param title one line
   */
  public record Text(String title, String body, List<String> channels) {}
}
