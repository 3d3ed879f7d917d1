package holdfast.camel;

import holdfast.journal.Runs;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accepted runs that wait in this process's queues. While it lives the journal knows that they
 * will begin; when it ends they are closed, because nobody else has their tickets.
 */
final class Waiting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final long BEAT_SECONDS = 10;

  private final Runs runs;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread beating = new Thread(work, "waiting-runs");
            beating.setDaemon(true);
            return beating;
          });
  private final ScheduledFuture<?> beats;

  Waiting(Runs runs) {
    this.runs = runs;
    this.beats =
        thread.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  void add(String runId) {
    ids.add(runId);
  }

  /** Keeps what still waits alive, and forgets what has begun or was cancelled. */
  void beat() {
    Set<String> known = new HashSet<>(ids);
    if (known.isEmpty()) {
      return;
    }
    try {
      runs.keepQueued(known).forEach(known::remove);
      ids.removeAll(known);
    } catch (RuntimeException e) {
      LOG.warn("The runs that wait could not be kept alive: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    beats.cancel(false);
    thread.shutdown();
    try {
      runs.abandonQueued(ids);
    } catch (RuntimeException e) {
      LOG.warn("The runs that wait will be closed at the next start: {}", e.getMessage());
    }
  }
}
