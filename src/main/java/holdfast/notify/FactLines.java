package holdfast.notify;

import holdfast.journal.Event;
import holdfast.notify.Letter.Fact;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of a letter: an event's facts as people read them, those it has. Pure. */
final class FactLines {

  private FactLines() {}

  static List<Fact> of(Event event, ZoneId zone) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("What", event.asset().toString()));
    facts.add(new Fact("When", Amounts.moment(event.at(), zone)));
    add(facts, "Data of", moment(event, "snapshotAt", zone));
    add(facts, "First missed", moment(event, "first", zone));
    add(facts, "Took", seconds(event, "seconds"));
    add(facts, "Size", sizes(event));
    add(facts, "Rows", rows(event));
    add(facts, "Copies", text(event, "stores", ""));
    add(facts, "Copies missing", text(event, "missing", ""));
    add(facts, "Restored in", seconds(event, "restoreSeconds"));
    add(facts, "Queries", text(event, "answers", ""));
    add(facts, "Reason", text(event, "reason", ""));
    add(facts, "Started by", text(event, "trigger", ""));
    add(facts, "Next run", moment(event, "nextAt", zone));
    add(facts, "Point", event.point());
    add(facts, "Run", event.runId());
    return facts;
  }

  private static String sizes(Event event) {
    String sealed = size(event, "sealedBytes", " compressed and sealed");
    String plain = size(event, "plainBytes", "");
    return plain.isEmpty() || sealed.isEmpty() ? plain + sealed : plain + ", " + sealed;
  }

  private static void add(List<Fact> facts, String label, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(label, value));
    }
  }

  private static String rows(Event event) {
    return event.facts().get("rows") instanceof Number rows
        ? String.format(
            Locale.ROOT, "%,d in %s tables", rows.longValue(), text(event, "tables", "its"))
        : "";
  }

  static String text(Event event, String fact, String absent) {
    Object value = event.facts().get(fact);
    if (value instanceof List<?> many) {
      return many.stream().map(String::valueOf).reduce((a, b) -> a + ", " + b).orElse(absent);
    }
    return value == null ? absent : value.toString();
  }

  static String seconds(Event event, String fact) {
    Object value = event.facts().get(fact);
    return value instanceof Number seconds ? Amounts.length(seconds.doubleValue()) : "";
  }

  static String size(Event event, String fact, String suffix) {
    Object value = event.facts().get(fact);
    return value instanceof Number bytes ? Amounts.size(bytes.longValue()) + suffix : "";
  }

  private static String moment(Event event, String fact, ZoneId zone) {
    try {
      Object value = event.facts().get(fact);
      return value == null ? "" : Amounts.moment(Instant.parse(value.toString()), zone);
    } catch (DateTimeParseException noTime) {
      return "";
    }
  }
}
