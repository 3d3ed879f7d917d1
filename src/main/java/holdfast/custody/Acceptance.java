package holdfast.custody;

import com.fasterxml.jackson.core.JsonProcessingException;
import holdfast.store.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * That somebody knows why the journal and copies part, as after a journal was restored from its
 * backup: the copies named stay where they are, and are not held against the journal any more.
 *
 * @param copies keys of the documents set aside
 */
record Acceptance(int schema, Instant at, String actor, String reason, List<String> copies) {

  /** What the keys of all of them begin with, below the store's prefix. */
  static final String FOLDER = AuditDocument.FOLDER + "/accepted/";

  static Acceptance of(Instant at, String actor, String reason, List<String> copies) {
    return new Acceptance(1, at, actor, reason, List.copyOf(copies));
  }

  Key key() {
    return new Key(FOLDER + at.toEpochMilli() + ".json");
  }

  byte[] json() {
    try {
      return (AuditDocument.JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An acceptance of plain values cannot fail to be written", e);
    }
  }

  static Acceptance read(Key key, byte[] json) {
    try {
      return AuditDocument.JSON.readValue(json, Acceptance.class);
    } catch (IOException e) {
      throw AuditDocument.corrupt(key, e);
    }
  }
}
