package holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Reads bodies of whom nobody knows yet, a few at once: whoever sends many slowly holds up those at
 * the same address, and no sender's own places.
 */
final class UnprovenBodies {

  private static final int AT_ONCE = 64;
  private static final int PER_ADDRESS = 16;

  private final Semaphore all = new Semaphore(AT_ONCE);
  private final Map<String, Integer> addresses = new ConcurrentHashMap<>();

  /**
   * The body, cut off after {@code most} bytes; empty where too many are being read.
   *
   * @throws IOException when it breaks off or takes longer than {@code patience}
   */
  Optional<byte[]> read(HttpServletRequest request, int most, Duration patience)
      throws IOException {
    String address = String.valueOf(request.getRemoteAddr());
    if (!all.tryAcquire()) {
      return Optional.empty();
    }
    int here = addresses.merge(address, 1, Integer::sum);
    try {
      return here > PER_ADDRESS
          ? Optional.empty()
          : Optional.of(PatientBody.read(request, most, patience));
    } finally {
      addresses.computeIfPresent(address, (name, now) -> now == 1 ? null : now - 1);
      all.release();
    }
  }
}
