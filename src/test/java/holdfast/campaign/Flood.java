package holdfast.campaign;

import holdfast.harness.VictimNode;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Sends events at a steady pace, as senders do: what was not accepted is sent again until it is.
 */
final class Flood {

  private static final int SENDERS = 8;
  private static final int ACCEPTED = 202;
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final AtomicReference<VictimNode> node;
  private final LongFunction<String> body;
  private final Set<Long> accepted = ConcurrentHashMap.newKeySet();
  private final Spread answers = new Spread();
  private final AtomicLong refused = new AtomicLong();

  /**
   * A flood.
   *
   * @param node who answers now; another one after a kill
   * @param body the event of each number
   */
  Flood(AtomicReference<VictimNode> node, LongFunction<String> body) {
    this.node = node;
    this.body = body;
  }

  /** Sends events 0 to {@code events} - 1 spread over {@code seconds}; returns when all are in. */
  void send(long events, double seconds) throws InterruptedException {
    AtomicLong next = new AtomicLong();
    CountDownLatch done = new CountDownLatch(SENDERS);
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    long begin = System.nanoTime();
    double pace = TimeUnit.SECONDS.toNanos(1) * seconds / events;
    for (int i = 0; i < SENDERS; i++) {
      threads.execute(
          () -> {
            for (long n = next.getAndIncrement(); n < events; n = next.getAndIncrement()) {
              LockSupport.parkNanos(begin + (long) (n * pace) - System.nanoTime());
              deliver(n);
            }
            done.countDown();
          });
    }
    done.await();
    threads.shutdown();
  }

  /** Sends one event now; returns when it is in. */
  void once() {
    deliver(0);
  }

  private void deliver(long number) {
    while (true) {
      long begin = System.nanoTime();
      try {
        int status = node.get().event(Station.SENDER, Station.TOKEN, body.apply(number));
        if (status == ACCEPTED) {
          answers.add(System.nanoTime() - begin);
          accepted.add(number);
          return;
        }
        refused.incrementAndGet();
      } catch (IOException down) {
        // it is being killed or started again
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        return;
      }
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }

  Set<Long> accepted() {
    return accepted;
  }

  /** How long an acceptance took. */
  Spread answers() {
    return answers;
  }

  /** Answers other than an acceptance. */
  long refused() {
    return refused.get();
  }
}
