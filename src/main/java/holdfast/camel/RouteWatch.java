package holdfast.camel;

import holdfast.camel.RouteFiles.RouteFile;
import holdfast.plan.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the route files every few seconds and reloads once they have changed and then stood
 * still for one look. Reading them, instead of asking the file system for events, also notices the
 * links that a mounted configuration swaps.
 */
final class RouteWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);

  /** Looks between two tries of a file that waits. */
  private static final int REST = 15;

  private final RouteFiles files;
  private final RouteReload reload;
  private final Duration every;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "route-watch");
            thread.setDaemon(true);
            return thread;
          });
  private List<RouteFile> settled = List.of();
  private List<RouteFile> seen = List.of();
  private List<RouteFile> waiting = List.of();
  private int rest;
  private @Nullable ScheduledFuture<?> looking;

  /**
   * A watch.
   *
   * @param every how often to look; zero means never
   */
  RouteWatch(RouteFiles files, RouteReload reload, Duration every) {
    this.files = files;
    this.reload = reload;
    this.every = every;
  }

  /** Begins to look; what is there now counts as loaded. */
  synchronized void start() {
    settled = files.read();
    seen = settled;
    if (!every.isZero() && looking == null) {
      looking =
          timer.scheduleWithFixedDelay(
              this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** One look; package-private so that tests need not wait. */
  synchronized void look() {
    try {
      List<RouteFile> now = files.read();
      boolean still = now.equals(seen);
      seen = now;
      if (still && !now.equals(settled)) {
        reloadUnlessResting(now);
      }
    } catch (RuntimeException failed) {
      LOG.error("The route files could not be looked at: {}", failed.getMessage());
    }
  }

  /** A file whose route is at work is tried again, but not at every look. */
  private void reloadUnlessResting(List<RouteFile> now) {
    if (now.equals(waiting) && --rest > 0) {
      return;
    }
    boolean waits = reload.reload("watch").refused().stream().anyMatch(RouteWatch::waits);
    settled = waits ? settled : now;
    waiting = waits ? now : List.of();
    rest = REST;
  }

  private static boolean waits(Finding finding) {
    return finding.level() == Finding.Level.WARNING;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
