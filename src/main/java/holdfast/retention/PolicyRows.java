package holdfast.retention;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which rules were in force for an asset, and since when. */
final class PolicyRows {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private final Transaction journal;

  PolicyRows(Transaction journal) {
    this.journal = journal;
  }

  /**
   * The rules of the plan as it is, then those seen before them, the newest first.
   *
   * @param note whether new ones count as seen; not by a clock that is not believed
   */
  List<Decision.Policy> of(Asset asset, Instant now, boolean note) {
    return journal.in(
        () -> {
          lock(asset.id());
          List<Seen> seen = new ArrayList<>(seen(asset.id()));
          if (seen.isEmpty() || !seen.get(0).rules().equals(asset.retention())) {
            Seen first = new Seen(asset.retention(), after(seen, now));
            seen.add(0, first);
            if (note) {
              insert(asset.id(), first);
            }
          }
          return policies(seen);
        });
  }

  private static List<Decision.Policy> policies(List<Seen> seen) {
    List<Decision.Policy> policies = new ArrayList<>();
    Instant until = null;
    for (Seen one : seen) {
      policies.add(new Decision.Policy(one.rules(), until));
      until = one.since();
    }
    return policies;
  }

  private record Seen(Retention rules, Instant since) {}

  /** A clock that went back does not reorder what was seen. */
  private static Instant after(List<Seen> seen, Instant now) {
    return seen.isEmpty() || seen.get(0).since().isBefore(now)
        ? now
        : seen.get(0).since().plusMillis(1);
  }

  private void lock(AssetId asset) {
    journal
        .sql("SELECT pg_advisory_xact_lock(hashtextextended('retention ' || :asset, 0))")
        .param("asset", asset.toString())
        .query()
        .listOfRows();
  }

  private List<Seen> seen(AssetId asset) {
    return journal
        .sql(
            """
            SELECT rules, since FROM retention_rules
            WHERE system = :system AND asset = :asset ORDER BY since DESC""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query((row, number) -> new Seen(read(row.getString("rules")), Column.moment(row, "since")))
        .list();
  }

  private void insert(AssetId asset, Seen first) {
    journal
        .sql(
            """
            INSERT INTO retention_rules (system, asset, since, rules)
            VALUES (:system, :asset, :since, :rules)""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("since", Column.of(first.since()))
        .param("rules", write(first.rules()))
        .update();
  }

  static String write(Retention rules) {
    try {
      return JSON.writeValueAsString(rules);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Rules are plain values", impossible);
    }
  }

  static Retention read(String rules) {
    try {
      return JSON.readValue(rules, Retention.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("These rules were written by another Holdfast", e);
    }
  }
}
