package holdfast.plan;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads a well-formed {@code mapping:} of a sender. */
final class EventMappingReader {

  private static final List<String> POINTERS =
      List.of(
          "title",
          "text",
          "name",
          "state",
          "severity",
          "time",
          "resource",
          "account",
          "region",
          "fingerprint",
          "link");

  private EventMappingReader() {}

  static EventMapping read(Section at) {
    Map<String, String> pointers = new TreeMap<>();
    POINTERS.stream().filter(at::has).forEach(field -> pointers.put(field, at.text(field)));
    return new EventMapping(
        pointers, values(AlarmRule.State.class, at), values(Severity.class, at));
  }

  private static <E extends Enum<E>> Map<E, List<String>> values(Class<E> type, Section at) {
    Map<E, List<String>> values = new EnumMap<>(type);
    for (E meaning : type.getEnumConstants()) {
      values.put(meaning, at.oneOrMore(meaning.name().toLowerCase(Locale.ROOT)));
    }
    return values;
  }
}
