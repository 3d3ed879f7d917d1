package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Schedules at rest, by asset or by whole system. */
final class Pauses {

  private final Transaction journal;
  private final InstantSource clock;

  Pauses(Transaction journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** False when nothing changed. */
  boolean set(String system, @Nullable String asset, boolean paused, String actor) {
    String text =
        paused
            ? """
              INSERT INTO pauses (system, asset, actor, since)
              VALUES (:system, :asset, :actor, :now) ON CONFLICT DO NOTHING"""
            : "DELETE FROM pauses WHERE system = :system AND asset = :asset";
    return journal
            .sql(text)
            .param("system", system)
            .param("asset", asset == null ? "" : asset)
            .param("actor", actor)
            .param("now", Column.of(clock.instant()))
            .update()
        == 1;
  }

  boolean paused(AssetId asset) {
    return journal
        .sql(
            """
            SELECT EXISTS (SELECT 1 FROM pauses WHERE system = :system AND asset IN ('', :asset))""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .query(Boolean.class)
        .single();
  }
}
