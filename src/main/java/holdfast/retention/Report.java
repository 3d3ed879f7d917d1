package holdfast.retention;

import holdfast.catalog.Point;
import holdfast.plan.AssetId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass found and did for an asset.
 *
 * @param rules the plan's, in words
 * @param applied whether anything was to be done; otherwise this only shows
 * @param points every point that is not gone, newest first, as it is after the pass
 * @param begun points that are on their way out since this pass
 * @param removed points whose objects this pass removed
 * @param takenBack points that came back because something speaks for them
 * @param waitsUntil until when the rules before the newest change count too; absent where they do
 *     not
 * @param approval a question that nobody has answered; absent where there is none
 * @param problem why the pass could not be made or ended, in one sentence; absent when it could
 */
public record Report(
    AssetId asset,
    Instant at,
    String rules,
    boolean applied,
    List<Row> points,
    List<String> begun,
    List<String> removed,
    List<String> takenBack,
    @Nullable Instant waitsUntil,
    @Nullable Approval approval,
    @Nullable String problem) {

  /**
   * One point.
   *
   * @param state what the catalog says
   * @param dataOf the moment whose data it holds
   * @param bytes before compression
   * @param reason why it stays, or goes
   * @param removeAfter of one on its way out: when its objects may be removed
   * @param problem why they could not be
   */
  public record Row(
      String point,
      Point.State state,
      Instant dataOf,
      long bytes,
      Decision.Fate fate,
      String reason,
      @Nullable Instant removeAfter,
      @Nullable String problem) {}
}
