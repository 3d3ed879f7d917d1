package holdfast.catalog;

import holdfast.journal.Run;
import holdfast.plan.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The small typed message that walks the backup route: which run of which asset, the recipe so far,
 * and, after the transfer, the evidence. Immutable; it never holds bytes or secrets.
 *
 * @param runId chosen when the ticket is made, so that whoever asked can follow the run at once;
 *     also the id of the point it makes
 * @param run absent until claimed
 * @param evidence absent until transferred
 * @param confirmed stores whose object was looked at again, independently of the upload
 */
public record Ticket(
    String runId,
    Asset asset,
    String trigger,
    String actor,
    @Nullable Instant fireTime,
    @Nullable Run run,
    List<Stage> recipe,
    @Nullable Evidence evidence,
    List<String> confirmed) {

  /** A new ticket for {@code asset}. */
  public static Ticket of(
      String runId, Asset asset, String trigger, String actor, @Nullable Instant fireTime) {
    return new Ticket(runId, asset, trigger, actor, fireTime, null, List.of(), null, List.of());
  }

  public Ticket claimedBy(Run claimed) {
    return new Ticket(runId, asset, trigger, actor, fireTime, claimed, recipe, evidence, confirmed);
  }

  public Ticket with(Stage stage) {
    List<Stage> longer = new ArrayList<>(recipe);
    longer.add(stage);
    return new Ticket(
        runId, asset, trigger, actor, fireTime, run, List.copyOf(longer), evidence, confirmed);
  }

  public Ticket with(Evidence found) {
    return new Ticket(runId, asset, trigger, actor, fireTime, run, recipe, found, confirmed);
  }

  /** The ticket of a point that has no copy in {@code store}, for that reason. */
  public Ticket without(String store, String sentence) {
    return evidence == null ? this : with(evidence.without(store, sentence));
  }

  public Ticket confirmedIn(String store) {
    List<String> longer = new ArrayList<>(confirmed);
    longer.add(store);
    return new Ticket(
        runId, asset, trigger, actor, fireTime, run, recipe, evidence, List.copyOf(longer));
  }
}
