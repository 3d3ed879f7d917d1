package holdfast.incident;

import holdfast.catalog.Point;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.plan.SystemPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much work would be lost if an incident were ended by a restore. An estimate. */
public final class LossWindow {

  /** How many of the points from before an incident are looked at. */
  static final int POINTS = 100;

  private final Plans plans;
  private final BiFunction<AssetId, Instant, List<Point>> points;

  /**
   * Estimates for the assets of a plan.
   *
   * @param points the newest points of an asset whose data is no younger than a moment
   */
  LossWindow(Plans plans, BiFunction<AssetId, Instant, List<Point>> points) {
    this.plans = plans;
    this.points = points;
  }

  /**
   * The loss for one asset.
   *
   * @param point the newest restorable one from before the incident; absent where there is none
   * @param loss from that point's data to the incident's begin; absent with the point
   * @param words the same in a sentence, or why it is not known
   */
  public record Loss(
      AssetId asset,
      @Nullable String point,
      boolean proven,
      @Nullable Duration loss,
      String words) {}

  /**
   * The loss for each asset concerned: those that the signals name, else all of the system's. Empty
   * where the incident concerns no system of the plan.
   */
  public List<Loss> of(Incident incident, List<Signal> signals) {
    String system = incident.system();
    List<Asset> assets =
        Optional.ofNullable(system)
            .flatMap(plans::system)
            .map(SystemPlan::assets)
            .orElse(List.of());
    Set<String> named =
        signals.stream().map(Signal::asset).filter(a -> a != null).collect(Collectors.toSet());
    List<Asset> concerned =
        assets.stream().filter(asset -> named.contains(asset.id().asset())).toList();
    return (concerned.isEmpty() ? assets : concerned)
        .stream().map(asset -> loss(asset.id(), incident.beganAt())).toList();
  }

  private Loss loss(AssetId asset, Instant began) {
    return points.apply(asset, began).stream()
        .filter(point -> isRestorable(point) && !point.at().isAfter(began))
        .max(Comparator.comparing(Point::at))
        .map(point -> loss(asset, point, Duration.between(point.at(), began)))
        .orElse(
            new Loss(
                asset,
                null,
                false,
                null,
                "No point of %s from before the incident can be restored.".formatted(asset)));
  }

  private static Loss loss(AssetId asset, Point point, Duration loss) {
    boolean proven = point.state() == Point.State.PROVEN;
    return new Loss(
        asset,
        point.id(),
        proven,
        loss,
        "A restore of %s would lose the last %s before the incident; its point of %s is %s."
            .formatted(
                asset,
                Sentences.span(loss),
                Sentences.time(point.at()),
                proven ? "proven" : "not proven"));
  }

  private static boolean isRestorable(Point point) {
    return point.state() == Point.State.GOOD || point.state() == Point.State.PROVEN;
  }
}
