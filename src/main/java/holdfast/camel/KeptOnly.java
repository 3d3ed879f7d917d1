package holdfast.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets a queue forget a message only when its event is kept. It stands around the whole route, out
 * of reach of whoever edits it.
 */
final class KeptOnly extends RoutePolicySupport implements RoutePolicyFactory {

  /** Set by the guard alone: the message lies in quarantine. Routes cannot set properties. */
  static final String SET_ASIDE = "holdfast.set-aside";

  private final Receipts receipts;

  KeptOnly(Receipts receipts) {
    this.receipts = receipts;
  }

  @Override
  public @Nullable RoutePolicy createRoutePolicy(
      CamelContext context, String routeId, NamedNode definition) {
    receipts.begin(routeId);
    boolean queue =
        definition instanceof NamedRoute route && route.getEndpointUrl().startsWith("aws2-sqs");
    return queue ? this : null;
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    if (exchange.isFailed() || exchange.getProperty(SET_ASIDE) != null) {
      return;
    }
    try {
      receipts.require(route.getRouteId(), exchange.getMessage().getBody());
    } catch (RuntimeException lost) {
      exchange.setException(lost);
    }
  }
}
