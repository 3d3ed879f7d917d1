package holdfast.catalog;

import holdfast.plan.Asset;
import holdfast.plan.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The stages that a plan's pipeline asks for, in their only order. Pure. */
public final class Recipe {

  private Recipe() {}

  /** Dump, as the plan says what of. */
  public static Stage dump(Asset asset) {
    return new Stage(
        "dump", Map.of("content", asset.source().content().name().toLowerCase(Locale.ROOT)));
  }

  /** Compress, as the plan says how. */
  public static Stage compress(Pipeline pipeline) {
    return new Stage(
        "compress",
        Map.of(
            "kind", pipeline.compression().name().toLowerCase(Locale.ROOT),
            "level", Integer.toString(pipeline.level())));
  }

  /** Seal, to whom the plan says. */
  public static Stage seal(Pipeline pipeline) {
    return new Stage("seal", Map.of("recipients", String.join(",", pipeline.recipients())));
  }

  /** Why {@code ticket} must not be transferred as its recipe stands; empty when it may. */
  public static Optional<String> refusal(Ticket ticket) {
    List<String> wanted = verbs(stages(ticket.asset()));
    if (ticket.recipe().equals(stages(ticket.asset()))) {
      return Optional.empty();
    }
    return Optional.of(
        "The backup route of %s came to %s where the plan asks for %s; restore the route file's missing or moved step."
            .formatted(
                ticket.asset().id(),
                ticket.recipe().isEmpty() ? "no stage at all" : verbs(ticket.recipe()),
                wanted));
  }

  private static List<Stage> stages(Asset asset) {
    return List.of(dump(asset), compress(asset.pipeline()), seal(asset.pipeline()));
  }

  private static List<String> verbs(List<Stage> stages) {
    return stages.stream().map(Stage::verb).toList();
  }
}
