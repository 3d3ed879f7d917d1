package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells together what a storm has held back: at most one message per channel and interval. */
final class Digests {

  /** What is held back this long is told, unless a digest was told shortly before. */
  static final Duration GATHER = Duration.ofSeconds(20);

  /** Between two digests of one channel. */
  static final Duration EVERY = Duration.ofMinutes(5);

  /** One node at a time; any constant of our own. */
  private static final long LOCK = 0x6469676573747321L;

  private static final int SHOWN = 10;

  private final Transaction journal;
  private final IncidentRows rows;
  private final Outbox outbox;

  Digests(Transaction journal, IncidentRows rows, Outbox outbox) {
    this.journal = journal;
    this.rows = rows;
    this.outbox = outbox;
  }

  /** Tells every channel whose digest is due; how many. */
  int tell(Instant now) {
    if (!journal
        .sql("SELECT EXISTS (SELECT 1 FROM incident_digests WHERE told_at IS NULL)")
        .query(Boolean.class)
        .single()) {
      return 0;
    }
    return journal.in(() -> isMine() ? due(now).stream().mapToInt(c -> tell(c, now)).sum() : 0);
  }

  private boolean isMine() {
    return journal
        .sql("SELECT pg_try_advisory_xact_lock(:lock)")
        .param("lock", LOCK)
        .query(Boolean.class)
        .single();
  }

  private List<String> due(Instant now) {
    return journal
        .sql(
            """
            SELECT channel FROM incident_digests
            GROUP BY channel
            HAVING min(held_at) FILTER (WHERE told_at IS NULL) <= :gathered
              AND coalesce(max(told_at) <= :before, true)
            ORDER BY channel""")
        .param("gathered", Column.of(now.minus(GATHER)))
        .param("before", Column.of(now.minus(EVERY)))
        .query(String.class)
        .list();
  }

  private int tell(String channel, Instant now) {
    Map<Incident, Held> current = new LinkedHashMap<>();
    held(channel, now)
        .forEach(
            (id, held) ->
                rows.find(id)
                    .filter(incident -> !isPointless(incident, held))
                    .ifPresent(incident -> current.put(incident, held)));
    if (!current.isEmpty()) {
      outbox.tell(channel, "", notice(current, now).json());
    }
    return current.isEmpty() ? 0 : 1;
  }

  /** A call about an incident that somebody has acknowledged meanwhile. */
  private static boolean isPointless(Incident incident, Held held) {
    Instant dealt = incident.acknowledgedAt();
    boolean after = incident.active() && dealt != null && held.at().isAfter(dealt);
    return Teller.asks(held.type()) && incident.state() != Incident.State.OPEN && !after;
  }

  /**
   * What is held back of one incident.
   *
   * @param type the newest
   * @param contacts everybody who would have been called
   * @param at when the newest was
   */
  private record Held(Notice.Type type, Set<String> contacts, Instant at) {

    Held and(Held newer) {
      Set<String> all = new LinkedHashSet<>(contacts);
      all.addAll(newer.contacts);
      return new Held(newer.type, all, newer.at);
    }
  }

  /** What is held back of each incident. From now on it counts as told. */
  private Map<String, Held> held(String channel, Instant now) {
    Map<String, Held> held = new LinkedHashMap<>();
    journal
        .sql(
            """
            WITH told AS (
              UPDATE incident_digests SET told_at = :now
              WHERE channel = :channel AND told_at IS NULL RETURNING number, incident, type, contacts, held_at)
            SELECT incident, type, contacts, held_at FROM told ORDER BY number""")
        .param("now", Column.of(now))
        .param("channel", channel)
        .query(
            row -> {
              String[] contacts = (String[]) row.getArray("contacts").getArray();
              held.merge(
                  row.getString("incident"),
                  new Held(
                      Notice.Type.valueOf(row.getString("type")),
                      Set.of(contacts),
                      Column.moment(row, "held_at")),
                  Held::and);
            });
    return held;
  }

  private static Notice notice(Map<Incident, Held> current, Instant now) {
    List<Incident> incidents = List.copyOf(current.keySet());
    Incident worst = incidents.stream().min(Comparator.comparing(Incident::severity)).orElseThrow();
    Instant oldest =
        incidents.stream().map(Incident::openedAt).min(Comparator.naturalOrder()).orElseThrow();
    boolean alike = incidents.stream().map(Incident::situation).distinct().count() == 1;
    List<String> systems =
        incidents.stream().map(i -> i.system() == null ? "" : i.system()).distinct().toList();
    return new Notice(
        Notice.Type.DIGEST,
        "",
        systems.size() == 1 ? systems.get(0) : "",
        worst.severity(),
        alike ? worst.situation() : Situation.NONE,
        incidents.size() == 1 ? worst.title() : incidents.size() + " incidents at once",
        sentence(current),
        level(current),
        called(current),
        oldest,
        now,
        null,
        incidents.stream().mapToLong(Incident::events).sum(),
        facts(incidents));
  }

  /** The highest that is called; 0 where it is only news. */
  private static int level(Map<Incident, Held> current) {
    return current.entrySet().stream()
        .filter(told -> Teller.asks(told.getValue().type()))
        .mapToInt(told -> told.getKey().level())
        .max()
        .orElse(0);
  }

  /**
   * A name alone says nobody where several systems are told of: each stands behind its system's.
   */
  private static List<String> called(Map<Incident, Held> current) {
    return current.entrySet().stream()
        .flatMap(one -> one.getValue().contacts().stream().map(name -> placed(one.getKey(), name)))
        .distinct()
        .toList();
  }

  private static String placed(Incident incident, String name) {
    boolean placed = incident.systems().stream().anyMatch(system -> name.startsWith(system + "/"));
    return placed ? name : incident.system() + "/" + name;
  }

  private static String sentence(Map<Incident, Held> current) {
    long calls = current.values().stream().map(Held::type).filter(Teller::asks).count();
    return "%d of them %s somebody who acknowledges; they are told together because there are many."
        .formatted(calls, calls == 1 ? "needs" : "need");
  }

  private static Map<String, Object> facts(List<Incident> incidents) {
    Map<String, Object> facts = new TreeMap<>();
    for (Severity severity : Severity.values()) {
      long count = incidents.stream().filter(i -> i.severity() == severity).count();
      if (count > 0) {
        facts.put(severity.words(), count);
      }
    }
    facts.put(
        "incidents",
        String.join(
            "; ",
            incidents.stream()
                .sorted(Comparator.comparing(Incident::severity))
                .limit(SHOWN)
                .map(incident -> incident.title() + " (" + incident.id() + ")")
                .toList()));
    return facts;
  }
}
