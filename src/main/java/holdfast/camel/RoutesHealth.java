package holdfast.camel;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Down while any route file is put aside, or none works at all. */
final class RoutesHealth implements HealthIndicator {

  private final Routes routes;

  RoutesHealth(Routes routes) {
    this.routes = routes;
  }

  @Override
  public Health health() {
    int working = routes.working().size();
    boolean well = working > 0 && routes.aside().isEmpty();
    return (well ? Health.up() : Health.down())
        .withDetail("working", working)
        .withDetail("aside", routes.aside().stream().map(Object::toString).toList())
        .build();
  }
}
