package holdfast.campaign;

import holdfast.harness.VictimNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Looks at one page twice a second while something else goes on. */
final class Visits implements Runnable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final AtomicReference<VictimNode> node;
  private final Path home;
  private final String page;
  private final Spread times = new Spread();
  private final Thread thread = new Thread(this, "visitor");
  private volatile boolean over;

  Visits(AtomicReference<VictimNode> node, Path home, String page) {
    this.node = node;
    this.home = home;
    this.page = page;
  }

  void start() {
    thread.start();
  }

  void stop() throws InterruptedException {
    over = true;
    thread.join();
  }

  /** How long each look took; none while nobody answered. */
  Spread times() {
    return times;
  }

  @Override
  public void run() {
    while (!over) {
      try {
        look(node.get());
      } catch (IOException down) {
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void look(VictimNode now) throws IOException, InterruptedException {
    PageVisitor visitor = PageVisitor.signedIn(now, home);
    while (!over && now == node.get()) {
      times.add(visitor.timed(page));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
