package holdfast.camel;

import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Down while any route file is put aside, none works at all, or a way in keeps no event. */
final class RoutesHealth implements HealthIndicator {

  private final Routes routes;
  private final Receipts receipts;

  RoutesHealth(Routes routes, Receipts receipts) {
    this.routes = routes;
    this.receipts = receipts;
  }

  @Override
  public Health health() {
    int working = routes.working().size();
    List<String> losing = receipts.losing();
    boolean well = working > 0 && routes.aside().isEmpty() && losing.isEmpty();
    return (well ? Health.up() : Health.down())
        .withDetail("working", working)
        .withDetail("aside", routes.aside().stream().map(Object::toString).toList())
        .withDetail("keeping no event", losing)
        .build();
  }
}
