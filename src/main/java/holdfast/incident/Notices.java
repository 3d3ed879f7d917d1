package holdfast.incident;

import holdfast.journal.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together what people hear. */
final class Notices {

  private static final int TEXT_MAX = 600;

  private final Transaction journal;

  Notices(Transaction journal) {
    this.journal = journal;
  }

  /**
   * A notice about one incident.
   *
   * <p>Facts, where known: {@code openedBy}, {@code text}, {@code actor}, {@code resolution},
   * {@code estimate}, {@code external}, {@code why}, {@code signals} (how many troubles), {@code
   * flaps}, {@code resources} (up to five), {@code link}.
   */
  Notice of(
      Notice.Type type,
      Incident incident,
      String sentence,
      List<String> contacts,
      Matrix.@Nullable Step step,
      @Nullable Instant nextAt,
      Instant now) {
    return new Notice(
        type,
        incident.id(),
        incident.system() == null ? "" : incident.system(),
        incident.severity(),
        incident.situation(),
        incident.title(),
        sentence,
        step == null ? 0 : step.level(),
        contacts,
        incident.openedAt(),
        now,
        nextAt,
        incident.events(),
        facts(incident, step));
  }

  private Map<String, Object> facts(Incident incident, Matrix.@Nullable Step step) {
    Map<String, Object> facts = new TreeMap<>();
    if (incident.byHand()) {
      facts.put("openedBy", incident.openedBy());
    }
    put(facts, "text", shortened(incident.text()));
    put(facts, "actor", incident.acknowledgedBy());
    put(facts, "resolution", incident.resolution());
    put(facts, "estimate", incident.estimate());
    if (step != null) {
      put(facts, "external", step.external());
      facts.put("why", step.reason());
    }
    signals(incident.id(), facts);
    return facts;
  }

  private void signals(String incident, Map<String, Object> facts) {
    journal
        .sql(
            """
            SELECT count(*) AS signals, coalesce(sum(flaps), 0) AS flaps, max(link) AS link,
              (SELECT string_agg(resource, ', ') FROM (SELECT DISTINCT resource FROM signals
                WHERE incident = :incident AND resource <> '' ORDER BY resource LIMIT 5) AS few)
                AS resources
            FROM signals WHERE incident = :incident""")
        .param("incident", incident)
        .query(
            row -> {
              more(facts, "signals", row.getLong("signals"), 1);
              more(facts, "flaps", row.getLong("flaps"), 0);
              put(facts, "link", row.getString("link"));
              put(facts, "resources", row.getString("resources"));
            });
  }

  private static void more(Map<String, Object> facts, String key, long count, long usual) {
    if (count > usual) {
      facts.put(key, count);
    }
  }

  private static void put(Map<String, Object> facts, String key, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      facts.put(key, value.toString());
    }
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }
}
