package holdfast.harness;

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
public final class HeaderProbe extends EventNotifierSupport {

  private final String mark;
  private final LongAdder reached = new LongAdder();
  private final Set<String> entrances = ConcurrentHashMap.newKeySet();

  /**
   * A probe for what is planted.
   *
   * @param mark what every planted header holds, and nothing else
   */
  public HeaderProbe(String mark) {
    this.mark = mark;
  }

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
              .filter(value -> String.valueOf(value).contains(mark))
              .count());
    }
  }

  /** How many planted headers, properties and variables were there. */
  public long reached() {
    return reached.sum();
  }

  /** Whether a message has come in by an endpoint whose address holds {@code part}. */
  public boolean saw(String part) {
    return entrances.stream().anyMatch(address -> address.contains(part));
  }
}
