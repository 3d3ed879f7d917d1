package holdfast.campaign;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Looks at every message as it enters a route and before each of its endpoints. */
final class HeaderProbe extends EventNotifierSupport {

  /** What every planted header holds, and nothing else. */
  static final String MARK = "planted-by-a-stranger";

  private final LongAdder reached = new LongAdder();
  private final Set<String> entrances = ConcurrentHashMap.newKeySet();

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeEvent seen) {
      Exchange exchange = seen.getExchange();
      if (exchange.getFromEndpoint() != null) {
        entrances.add(exchange.getFromEndpoint().getEndpointBaseUri());
      }
      reached.add(
          Stream.of(
                  exchange.getIn().getHeaders(), exchange.getProperties(), exchange.getVariables())
              .map(Map::values)
              .flatMap(Collection::stream)
              .filter(value -> String.valueOf(value).contains(MARK))
              .count());
    }
  }

  long reached() {
    return reached.sum();
  }

  /** Whether a message has come in by an endpoint whose address holds {@code part}. */
  boolean saw(String part) {
    return entrances.stream().anyMatch(address -> address.contains(part));
  }
}
