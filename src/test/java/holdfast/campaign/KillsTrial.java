package holdfast.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * The service is killed while it backs up and proves: at every point that it passes, and at random
 * moments. After each death it is started again; within a minute nothing half done may be left, no
 * good point lost, and none called good that is not.
 */
final class KillsTrial implements Trial {

  private static final int KILLS_A_DEPOT = 25;

  /** The most that one backup and its proof take on two cores. */
  private static final Duration WHOLE = Duration.ofSeconds(9);

  private final List<String> failures = new ArrayList<>();
  private final TreeSet<String> died = new TreeSet<>();
  private int kills;
  private int random;
  private int unpassed;
  private int adopted;
  private int good;
  private int proven;
  private long slowestMillis;

  @Override
  public String words() {
    return "kills of the service while it backs up and proves";
  }

  @Override
  public long runs() {
    return 200;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    List<String> broken = new ArrayList<>(failures);
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
    Random random = new Random(seed);
    Map<String, Integer> found = new LinkedHashMap<>();
    List<String> points = new ArrayList<>();
    for (long left = runs; left > 0; left -= KILLS_A_DEPOT) {
      try (DepotLife life = new DepotLife()) {
        points = points.isEmpty() ? life.points() : points;
        for (int kill = 0; kill < Math.min(left, KILLS_A_DEPOT); kill++) {
          kill(life, points, random);
        }
        life.judgeAll();
        life.found().forEach((what, count) -> found.merge(what, count, Integer::sum));
        good += life.good();
        proven += life.proven();
        adopted += life.adopted();
        failures.addAll(life.failures());
      }
    }
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("points", points.size());
    counted.put("kills", kills);
    counted.put("at_points", died.size());
    counted.put("at_random", this.random);
    counted.put("unpassed", unpassed);
    counted.put("good", good);
    counted.put("proven", proven);
    counted.put("adopted", adopted);
    counted.put("bad_called_good", found.getOrDefault("bad", 0));
    counted.put("good_lost", found.getOrDefault("lost", 0));
    counted.put("orphans", found.getOrDefault("orphans", 0));
    counted.put("clean_s", Math.round(slowestMillis / 100.0) / 10.0);
    counted.put("failed", List.copyOf(failures));
    return counted;
  }

  /** Of three kills, two come at a point. */
  private void kill(DepotLife life, List<String> points, Random random) throws Exception {
    if (random.nextInt(3) == 0) {
      life.backup(Duration.ofMillis(random.nextInt((int) WHOLE.toMillis())));
      this.random++;
      kills++;
    } else {
      String point = points.get(random.nextInt(points.size()));
      if (life.backup(point)) {
        died.add(point);
        kills++;
      } else {
        unpassed++;
      }
    }
    slowestMillis = Math.max(slowestMillis, life.clean().toMillis());
    System.err.printf("kill %d, slowest to be clean %.1f s%n", kills, slowestMillis / 1000.0);
  }
}
