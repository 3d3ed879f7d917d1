package holdfast.camel;

import holdfast.incident.UnreadQueues;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.RouteIdAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes how each reading of a queue ends, and says once when that changes. What is read and not
 * kept is as good as not read.
 */
final class QueueWatch implements PollingConsumerPollStrategy {

  private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

  private final UnreadQueues unread;
  private final Receipts receipts;
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  QueueWatch(UnreadQueues unread, Receipts receipts) {
    this.unread = unread;
    this.receipts = receipts;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    String sender = sender(consumer);
    if (receipts.isLosing(route(consumer))) {
      unread.failed(sender, "Its route keeps no event: its bean inbox must accept each.");
      return;
    }
    unread.read(sender);
    if (broken.remove(sender)) {
      LOG.info("The queue of {} can be read again", sender);
    }
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception cause) {
    String sender = sender(consumer);
    String reason = QueueFault.sentence(cause);
    unread.failed(sender, reason);
    if (broken.add(sender)) {
      LOG.error("The queue of {} cannot be read and is tried again: {}", sender, reason);
    }
    return false;
  }

  /** Whether the newest attempt to read the queue of {@code sender} failed. */
  boolean isBroken(String sender) {
    return broken.contains(sender);
  }

  /**
   * As the plan calls it; queues of several accounts may bear the same name. A route that is named
   * otherwise is refused, and one that got in nevertheless stands for itself.
   */
  private static String sender(Consumer consumer) {
    String route = route(consumer);
    return route.startsWith(SenderRoutes.IDS) ? route.substring(SenderRoutes.IDS.length()) : route;
  }

  private static String route(Consumer consumer) {
    return ((RouteIdAware) consumer).getRouteId();
  }
}
