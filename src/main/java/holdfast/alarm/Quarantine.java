package holdfast.alarm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was turned away at the door, for people to look at: so many in an hour of each sender,
 * so that nobody can fill the disk without a proof. The rest is only counted.
 */
final class Quarantine {

  static final int ROWS_PER_HOUR = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final Duration HOUR = Duration.ofHours(1);

  private record Window(Instant since, int rows) {}

  private final Inbox inbox;
  private final InstantSource clock;
  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  Quarantine(Inbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /**
   * Notes what {@code sender}, a name of the plan, sent; what is refused stays refused if this
   * fails. What strangers send leaves room for what cannot be read of the proven.
   */
  void note(String sender, String format, boolean proven, String excerpt, String reason) {
    Instant now = clock.instant();
    String share = (proven ? "proven " : "unproven ") + sender;
    Window window = windows.compute(share, (name, before) -> next(before, now));
    if (window.rows() > ROWS_PER_HOUR) {
      return;
    }
    try {
      inbox.setAside(sender, format, null, excerpt, reason);
    } catch (RuntimeException unkept) {
      LOG.warn("A refused event of {} could not be kept: {}", sender, unkept.getMessage());
    }
  }

  private static Window next(Window before, Instant now) {
    boolean over = before == null || Duration.between(before.since(), now).compareTo(HOUR) >= 0;
    return over ? new Window(now, 1) : new Window(before.since(), before.rows() + 1);
  }
}
