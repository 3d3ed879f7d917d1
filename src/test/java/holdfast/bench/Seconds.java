package holdfast.bench;

import java.util.ArrayList;
import java.util.List;

/** Wall times of one contestant, in seconds. */
final class Seconds {

  /** Something that takes time. */
  interface Work {
    void run() throws Exception;
  }

  private static final double NANOS = 1e9;

  private final String name;
  private final List<Double> times = new ArrayList<>();

  Seconds(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Runs {@code work} and keeps how long it took. */
  double measure(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    double took = (System.nanoTime() - start) / NANOS;
    times.add(took);
    return took;
  }

  void add(double seconds) {
    times.add(seconds);
  }

  /** The middle one, or the mean of the two in the middle. */
  double median() {
    if (times.isEmpty()) {
      throw new IllegalStateException(name + " was never measured");
    }
    List<Double> sorted = times.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double best() {
    return times.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("%-9s".formatted(name));
    times.forEach(time -> line.append(" %7.2f".formatted(time)));
    return line.append("   median %.2f s".formatted(median())).toString();
  }
}
