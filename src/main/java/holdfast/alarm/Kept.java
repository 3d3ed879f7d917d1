package holdfast.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import holdfast.journal.Column;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event, as the inbox keeps it.
 *
 * @param id the receipt
 * @param reason why it is in quarantine, or why the last try failed
 * @param duplicates how often the same delivery came again
 * @param body of one that was never accepted, only the beginning, with escapes
 */
public record Kept(
    String id,
    String sender,
    String format,
    Instant receivedAt,
    State state,
    int tries,
    @Nullable String reason,
    long duplicates,
    String body) {

  /** How long it is as it is kept, in UTF-8. */
  public int bytes() {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  /** What became of an event. */
  public enum State {
    WAITING,
    DONE,
    QUARANTINED
  }

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  static Kept of(ResultSet row) throws SQLException {
    return new Kept(
        row.getString("id"),
        row.getString("sender"),
        row.getString("format"),
        Column.moment(row, "received_at"),
        State.valueOf(row.getString("state")),
        row.getInt("tries"),
        row.getString("reason"),
        row.getLong("duplicates"),
        row.getString("body"));
  }

  /** The same row, for whoever reads what the event says. */
  static Arrival arrival(ResultSet row) throws SQLException {
    return new Arrival(
        row.getString("id"),
        row.getString("sender"),
        row.getString("format"),
        Column.moment(row, "received_at"),
        Column.moment(row, "sent_at"),
        texts(row.getString("attributes")),
        row.getString("body"));
  }

  static String json(Map<String, String> attributes) {
    try {
      return JSON.writeValueAsString(attributes);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, String> texts(String json) {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
