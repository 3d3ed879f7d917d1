package holdfast.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;

/** JSON as the journal keeps it: times in ISO-8601 UTC, the keys of maps in order. */
final class Json {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  static String write(Map<String, Object> value) {
    return text(value);
  }

  static String write(Event event) {
    return text(event);
  }

  static Event event(String json) {
    try {
      return MAPPER.readValue(json, Event.class);
    } catch (JsonProcessingException broken) {
      throw new RunException(
          Code.CORRUPT,
          "outbox",
          false,
          "A message in the outbox is not one of ours: restore the journal or remove that row.",
          broken);
    }
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("facts are plain strings, numbers and lists", impossible);
    }
  }
}
