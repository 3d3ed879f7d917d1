package holdfast.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Arrays that parts in memory are made of, small enough not to be humongous to the collector. Those
 * of an upload that has ended serve the next one: without that, every backup would leave its
 * buffers in the old generation, and the process would grow to its limit.
 */
final class Chunks {

  /** Bytes of each. */
  static final int BYTES = 256 << 10;

  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final int most;

  /** Keeps at most {@code bytes} for later. */
  Chunks(long bytes) {
    most = (int) (bytes / BYTES);
  }

  byte[] take() {
    byte[] chunk = spare.poll();
    if (chunk == null) {
      return new byte[BYTES];
    }
    kept.decrementAndGet();
    return chunk;
  }

  /** Nobody may read or write {@code chunk} any more. */
  void giveBack(byte[] chunk) {
    if (kept.incrementAndGet() <= most) {
      spare.add(chunk);
    } else {
      kept.decrementAndGet();
    }
  }

  /** How many wait to be used again. */
  int spare() {
    return kept.get();
  }
}
