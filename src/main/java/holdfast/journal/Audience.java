package holdfast.journal;

import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import java.util.List;

/** Who hears of an asset. */
public interface Audience {

  /** Keys of the plan's channels; empty for an asset that the plan no longer names. */
  List<String> channels(AssetId asset);

  /** The channels that {@code plans} declares. */
  static Audience of(Plans plans) {
    return asset -> plans.asset(asset).map(Asset::channels).orElse(List.of());
  }
}
