package holdfast.journal;

import java.util.Map;

/** Who did what, when: append-only, each entry hashed over the one before. */
public final class Audit {

  /** Appends within the caller's transaction. */
  public void append(String actor, String action, String subject, Map<String, Object> detail) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * What a check of the whole chain found.
   *
   * @param brokenAt the first entry whose hash does not follow; 0 when the chain is whole
   */
  public record Verdict(long entries, long brokenAt) {}

  /** Reads the chain from its first entry. */
  public Verdict verify() {
    throw new UnsupportedOperationException("not built yet");
  }
}
