package holdfast.alarm;

import holdfast.journal.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;

/** For how long each component was up and down, by UTC days. */
final class UptimeDays {

  /** What was counted. */
  record Sum(Duration up, Duration down) {}

  private final Transaction journal;

  UptimeDays(Transaction journal) {
    this.journal = journal;
  }

  /** Adds a stretch, parted at midnight. */
  void add(String system, String component, Uptime stretch) {
    Instant from = stretch.from();
    while (from.isBefore(stretch.to())) {
      LocalDate day = from.atZone(ZoneOffset.UTC).toLocalDate();
      Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant to = midnight.isBefore(stretch.to()) ? midnight : stretch.to();
      add(system, component, day, Duration.between(from, to).toMillis(), stretch.up());
      from = to;
    }
  }

  private void add(String system, String component, LocalDate day, long millis, boolean up) {
    journal
        .sql(
            """
            INSERT INTO probe_days (system, component, day, up_ms, down_ms)
            VALUES (:system, :component, :day, :up, :down)
            ON CONFLICT (system, component, day) DO UPDATE
            SET up_ms = probe_days.up_ms + excluded.up_ms,
              down_ms = probe_days.down_ms + excluded.down_ms""")
        .param("system", system)
        .param("component", component)
        .param("day", day)
        .param("up", up ? millis : 0)
        .param("down", up ? 0 : millis)
        .update();
  }

  /** By component, what was counted from {@code first} on. */
  Map<String, Sum> since(String system, LocalDate first) {
    return journal
        .sql(
            """
            SELECT component, sum(up_ms) AS up, sum(down_ms) AS down FROM probe_days
            WHERE system = :system AND day >= :first GROUP BY component""")
        .param("system", system)
        .param("first", first)
        .query(
            (row, number) ->
                Map.entry(
                    row.getString("component"),
                    new Sum(
                        Duration.ofMillis(row.getLong("up")),
                        Duration.ofMillis(row.getLong("down")))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
