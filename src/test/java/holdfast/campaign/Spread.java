package holdfast.campaign;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Measured times, and how they are spread. */
final class Spread {

  private static final double MILLION = 1e6;

  private final List<Long> nanos = new CopyOnWriteArrayList<>();

  void add(long taken) {
    nanos.add(taken);
  }

  int count() {
    return nanos.size();
  }

  /** In whole milliseconds, the value that {@code share} of all do not exceed; -1 when empty. */
  long millis(double share) {
    if (nanos.isEmpty()) {
      return -1;
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    int at = (int) Math.ceil(share * sorted.size()) - 1;
    return Math.round(sorted.get(Math.max(0, at)) / MILLION);
  }
}
