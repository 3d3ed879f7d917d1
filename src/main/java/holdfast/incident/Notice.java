package holdfast.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people hear of an incident; an outbox row holds it as JSON.
 *
 * @param incident its id
 * @param system of the plan; empty where no system is known
 * @param title of the incident, on one line
 * @param sentence what just happened
 * @param level the escalation level that is told; 0 where nobody is called
 * @param contacts names of those called
 * @param nextAt when the next level is told if nobody acknowledges; absent after the last
 * @param events how many events the incident has gathered
 * @param facts what else is worth showing: plain values
 */
public record Notice(
    Type type,
    String incident,
    String system,
    Severity severity,
    Situation situation,
    String title,
    String sentence,
    int level,
    List<String> contacts,
    Instant openedAt,
    Instant at,
    @Nullable Instant nextAt,
    long events,
    Map<String, Object> facts) {

  /** What happened to the incident. */
  public enum Type {
    OPENED,
    ESCALATED,
    REPEATED,
    ACKNOWLEDGED,
    UPDATED,
    RESOLVED,
    REOPENED,
    /** Several incidents at once, told together because there are too many to tell one by one. */
    DIGEST,
    /** For customers, in words that somebody has approved: title and sentence, nothing else. */
    CUSTOMER,
    /** Nothing is wrong: the way of alarms is tested. Told to nobody as an incident. */
    TEST
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** Whether an outbox row holds a notice, and not the event of a run. */
  public static boolean holds(String json) {
    try {
      return JSON.readTree(json).has("incident");
    } catch (JsonProcessingException unreadable) {
      return false;
    }
  }

  /** The notice that an outbox row holds. */
  public static Notice read(String json) {
    try {
      return JSON.readValue(json, Notice.class);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException("no notice: " + unreadable.getOriginalMessage());
    }
  }

  /** As an outbox row holds it. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
