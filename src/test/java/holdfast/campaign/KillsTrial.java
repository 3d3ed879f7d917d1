package holdfast.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * The service is killed while it backs up and proves: at every point that it passes, and at random
 * moments. After each death it is started again; within a minute nothing half done may be left, no
 * good point lost, and none called good that is not.
 */
final class KillsTrial implements Trial {

  private static final int KILLS_A_DEPOT = 25;
  private static final int AT_ONCE = 2;

  /** The most that one backup and its proof take on two cores. */
  private static final Duration WHOLE = Duration.ofSeconds(9);

  private final AtomicInteger kills = new AtomicInteger();

  /** What one depot lived through. */
  private static final class Tally {
    final TreeSet<String> died = new TreeSet<>();
    final Map<String, Integer> found = new TreeMap<>();
    final List<String> failures = new ArrayList<>();
    int points;
    int random;
    int unpassed;
    int good;
    int proven;
    int adopted;
    long slowestMillis;
  }

  @Override
  public String words() {
    return "kills of the service while it backs up and proves";
  }

  @Override
  public long runs() {
    return 200;
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<String> broken(Map<String, Object> counted) {
    List<String> broken = new ArrayList<>((List<String>) counted.get("failed"));
    broken.addAll(
        Limit.broken(
            counted,
            new Limit("bad_called_good", 0),
            new Limit("good_lost", 0),
            new Limit("orphans", 0),
            new Limit("clean_s", 60)));
    return broken;
  }

  @Override
  public Map<String, Object> run(long runs, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Tally>> depots = new ArrayList<>();
      int each = (int) Math.min(KILLS_A_DEPOT, (runs + AT_ONCE - 1) / AT_ONCE);
      for (long left = runs; left > 0; left -= each) {
        int mine = (int) Math.min(left, each);
        Random random = new Random(seed + left);
        depots.add(threads.submit(() -> depot(mine, random)));
      }
      List<Tally> tallies = new ArrayList<>();
      for (Future<Tally> depot : depots) {
        tallies.add(depot.get());
      }
      return counted(tallies);
    } finally {
      threads.shutdownNow();
    }
  }

  private Tally depot(int kills, Random random) throws Exception {
    Tally tally = new Tally();
    try (DepotLife life = new DepotLife()) {
      List<String> points = life.points();
      tally.points = points.size();
      for (int kill = 0; kill < kills; kill++) {
        kill(life, points, random, tally);
      }
      life.judgeAll();
      tally.found.putAll(life.found());
      tally.failures.addAll(life.failures());
      tally.good = life.good();
      tally.proven = life.proven();
      tally.adopted = life.adopted();
    }
    return tally;
  }

  private Map<String, Object> counted(List<Tally> all) {
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("points", all.stream().mapToInt(tally -> tally.points).max().orElse(0));
    counted.put("kills", kills.get());
    counted.put("at_points", all.stream().flatMap(tally -> tally.died.stream()).distinct().count());
    counted.put("at_random", sum(all, tally -> tally.random));
    counted.put("unpassed", sum(all, tally -> tally.unpassed));
    counted.put("good", sum(all, tally -> tally.good));
    counted.put("proven", sum(all, tally -> tally.proven));
    counted.put("adopted", sum(all, tally -> tally.adopted));
    counted.put("bad_called_good", sum(all, tally -> tally.found.getOrDefault("bad", 0)));
    counted.put("good_lost", sum(all, tally -> tally.found.getOrDefault("lost", 0)));
    counted.put("orphans", sum(all, tally -> tally.found.getOrDefault("orphans", 0)));
    long slowest = all.stream().mapToLong(tally -> tally.slowestMillis).max().orElse(0);
    counted.put("clean_s", Math.round(slowest / 100.0) / 10.0);
    counted.put("failed", all.stream().flatMap(tally -> tally.failures.stream()).toList());
    return counted;
  }

  private static int sum(List<Tally> all, ToIntFunction<Tally> what) {
    return all.stream().mapToInt(what).sum();
  }

  /** Of three kills, two come at a point. */
  private void kill(DepotLife life, List<String> points, Random random, Tally tally)
      throws Exception {
    if (random.nextInt(3) == 0) {
      life.backup(Duration.ofMillis(random.nextInt((int) WHOLE.toMillis())));
      tally.random++;
      kills.incrementAndGet();
    } else {
      String point = points.get(random.nextInt(points.size()));
      if (life.backup(point)) {
        tally.died.add(point);
        kills.incrementAndGet();
      } else {
        tally.unpassed++;
      }
    }
    Duration taken = life.clean();
    tally.slowestMillis = Math.max(tally.slowestMillis, taken.toMillis());
    System.err.printf("kill %d, clean after %.1f s%n", kills.get(), taken.toMillis() / 1000.0);
  }
}
