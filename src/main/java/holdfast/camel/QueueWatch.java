package holdfast.camel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once when a queue cannot be read, and once when it can be again. */
final class QueueWatch implements PollingConsumerPollStrategy {

  private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    String queue = endpoint.getEndpointBaseUri();
    if (broken.remove(queue)) {
      LOG.info("The queue {} can be read again", queue);
    }
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception cause) {
    String queue = endpoint.getEndpointBaseUri();
    if (broken.add(queue)) {
      LOG.error(
          "The queue {} cannot be read and is tried again: {}", queue, Failure.sentence(cause));
    }
    return false;
  }
}
