package holdfast.camel;

import holdfast.alarm.Inbox;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an event is kept, after the route it came in by has ended. People edit these routes; so
 * the journal is asked, and not the route believed.
 */
final class Receipts {

  private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

  private final Inbox inbox;
  private final Set<String> losing = ConcurrentHashMap.newKeySet();

  Receipts(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Whether {@code route} kept no event when it last ended. */
  boolean isLosing(String route) {
    return losing.contains(route);
  }

  /** The routes that kept no event when they last ended, in order. */
  List<String> losing() {
    return losing.stream().sorted().toList();
  }

  /** {@code route} is made anew, and nothing is known of it yet. */
  void begin(String route) {
    losing.remove(route);
  }

  /**
   * The receipt that {@code route} ended with, when an event is kept under it.
   *
   * @throws RunException UNREACHABLE when none is, or the journal cannot be asked
   */
  String require(String route, @Nullable Object end) {
    if (end instanceof String receipt && inbox.kept(Set.of(receipt)).contains(receipt)) {
      losing.remove(route);
      return receipt;
    }
    String sentence =
        "The route %s came to its end and kept no event: its bean inbox must accept each."
            .formatted(route);
    if (losing.add(route)) {
      LOG.error("{} No event that comes in there is accepted until then.", sentence);
    }
    throw new RunException(Code.UNREACHABLE, route, true, sentence);
  }
}
