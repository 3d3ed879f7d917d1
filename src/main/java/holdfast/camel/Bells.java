package holdfast.camel;

import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.Variable;
import org.apache.camel.component.seda.SedaEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the reader of a channel as soon as the outbox has something new for it. A reader that is
 * awake and already rung for is not rung again: it reads until nothing is left.
 */
public final class Bells {

  private static final Logger LOG = LoggerFactory.getLogger(Bells.class);

  /** What the queues of the readers begin with; the channel's name follows. */
  private static final String READER = "seda://outbox-";

  private final CamelContext context;

  Bells(CamelContext context) {
    this.context = context;
  }

  /** Wakes the reader of one channel, if it has one. Never waits and never throws. */
  void ring(String channel) {
    for (Route route : context.getRoutes()) {
      if (isReader(route.getEndpoint(), READER + channel + "?")) {
        ring(route.getEndpoint());
      }
    }
  }

  /** Wakes every reader: for messages of other nodes, of before the start, and tried again. */
  public void ringAll() {
    for (Route route : context.getRoutes()) {
      if (isReader(route.getEndpoint(), READER)) {
        ring(route.getEndpoint());
      }
    }
  }

  /** Wakes the reader again after it has found something, because there may be more. */
  public void again(@Variable("channel") String channel, @Body List<Map<String, Object>> messages) {
    if (!messages.isEmpty()) {
      ring(channel);
    }
  }

  private static boolean isReader(Endpoint endpoint, String start) {
    return endpoint instanceof SedaEndpoint && (endpoint.getEndpointUri() + "?").startsWith(start);
  }

  private static void ring(Endpoint reader) {
    try {
      ((SedaEndpoint) reader).getQueue().offer(reader.createExchange());
    } catch (RuntimeException stopping) {
      LOG.debug("{} was not woken", reader, stopping);
    }
  }
}
