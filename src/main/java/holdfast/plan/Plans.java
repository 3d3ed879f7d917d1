package holdfast.plan;

import java.util.List;
import java.util.Optional;

/** Everything declared and found valid. */
public record Plans(Home home, Installation installation, List<SystemPlan> systems) {

  /** The system of that name. */
  public Optional<SystemPlan> system(String name) {
    return systems.stream().filter(system -> system.name().equals(name)).findFirst();
  }

  /** The asset of that name. */
  public Optional<Asset> asset(AssetId id) {
    return assets().stream().filter(asset -> asset.id().equals(id)).findFirst();
  }

  /** Every asset of every system, in the order declared. */
  public List<Asset> assets() {
    return systems.stream().flatMap(system -> system.assets().stream()).toList();
  }

  /** Every probe of every system, in the order declared. */
  public List<ProbeSpec> probes() {
    return systems.stream().flatMap(system -> system.probes().stream()).toList();
  }

  /** The component that an asset belongs to. */
  public Optional<Component> component(Asset asset) {
    return systems.stream()
        .filter(system -> system.name().equals(asset.id().system()))
        .flatMap(system -> system.components().stream())
        .filter(component -> component.name().equals(asset.component()))
        .findFirst();
  }
}
