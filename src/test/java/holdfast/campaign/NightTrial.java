package holdfast.campaign;

import holdfast.campaign.Night.Chapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One night is told without a death, and every point that it passes is noted. Then nights follow in
 * which the service is killed at each of these points; what must be true in the morning is true in
 * all of them.
 */
final class NightTrial implements Trial {

  private static final int KILLS_A_NIGHT = 14;
  private static final int AT_ONCE = 2;

  /** What comes by only once a minute, whatever happens, is waited for. */
  private static final Duration MINUTE = Duration.ofSeconds(70);

  /** A point that its night did not come by again is tried as the first of its chapter. */
  private static final int ROUNDS = 2;

  /** A point, and the chapter in which it was passed. */
  private record Point(Chapter chapter, String name) {

    /** A step is the same in all chapters; what is committed in each is another. */
    boolean isSame(Point other) {
      return name.equals(other.name) && (name.startsWith("step ") || chapter == other.chapter);
    }
  }

  /** What came of a night. */
  private record Morning(
      List<Point> passed, List<String> broken, int deaths, int messages, int twice) {}

  private final List<String> failures = new ArrayList<>();
  private int nights;
  private int deaths;
  private int messages;
  private int twice;

  @Override
  public String words() {
    return "points of one night, at each of which the service is killed";
  }

  @Override
  public long runs() {
    return 1000;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    List<String> broken = new ArrayList<>(failures);
    ((List<?>) counted.get("unpassed"))
        .forEach(point -> broken.add("No night came by %s again".formatted(point)));
    return broken;
  }

  @Override
  public Map<String, Object> run(long most, long seed) throws Exception {
    List<Point> all = points();
    List<Point> drawn = new ArrayList<>(all);
    Collections.shuffle(drawn, new Random(seed));
    List<Point> chosen = drawn.stream().limit(most).toList();
    List<Point> left = all.stream().filter(chosen::contains).toList();
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      left =
          killed(
              left, round == 0 ? together(left) : apart(left), round == 0 ? Duration.ZERO : MINUTE);
    }
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("points", all.size());
    counted.put("tried", chosen.size());
    counted.put("passed", chosen.size() - left.size());
    counted.put("nights", nights);
    counted.put("kills", deaths);
    counted.put("messages", messages);
    counted.put("came_twice", twice);
    counted.put("unpassed", left.stream().map(Point::toString).toList());
    counted.put("failed", List.copyOf(failures));
    return counted;
  }

  /** Every point of a night in which nobody dies, in order. */
  private List<Point> points() throws Exception {
    List<Point> points = new ArrayList<>();
    try (Night night = new Night()) {
      for (Chapter chapter : Chapter.values()) {
        night.tell(chapter);
        night.lives().reached().stream()
            .map(name -> new Point(chapter, name))
            .filter(point -> points.stream().noneMatch(point::isSame))
            .forEach(points::add);
      }
      take(morning(night, List.of()), List.of());
    }
    return points;
  }

  /** As many to a night as it bears, far from each other. */
  private static List<List<Point>> together(List<Point> points) {
    int nights = (points.size() + KILLS_A_NIGHT - 1) / KILLS_A_NIGHT;
    return IntStream.range(0, nights)
        .mapToObj(
            night ->
                IntStream.range(0, points.size())
                    .filter(i -> i % nights == night)
                    .mapToObj(points::get)
                    .toList())
        .toList();
  }

  /** One of each chapter to a night. */
  private static List<List<Point>> apart(List<Point> points) {
    List<List<Point>> nights = new ArrayList<>();
    for (Point point : points) {
      nights.stream()
          .filter(night -> night.stream().noneMatch(o -> o.chapter() == point.chapter()))
          .findFirst()
          .orElseGet(
              () -> {
                List<Point> night = new ArrayList<>();
                nights.add(night);
                return night;
              })
          .add(point);
    }
    return nights;
  }

  /** Lives through these nights; the points that none came by. */
  private List<Point> killed(List<Point> points, List<List<Point>> plans, Duration after)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    Map<List<Point>, Future<Morning>> mornings = new LinkedHashMap<>();
    plans.forEach(plan -> mornings.put(plan, threads.submit(() -> night(plan, after))));
    threads.shutdown();
    List<Point> passed = new ArrayList<>();
    int over = 0;
    for (Map.Entry<List<Point>, Future<Morning>> one : mornings.entrySet()) {
      try {
        Morning morning = one.getValue().get();
        take(morning, one.getKey());
        passed.addAll(morning.passed());
        System.err.printf("night %d of %d is over%n", ++over, plans.size());
      } catch (ExecutionException failed) {
        failures.add("%s, killed at %s".formatted(failed.getCause(), one.getKey()));
      }
    }
    return points.stream().filter(point -> !passed.contains(point)).toList();
  }

  private static Morning night(List<Point> plan, Duration after) throws Exception {
    List<Point> passed = new ArrayList<>();
    try (Night night = new Night()) {
      for (Chapter chapter : Chapter.values()) {
        Stream<Point> here = plan.stream().filter(point -> point.chapter() == chapter);
        night.tell(chapter, here.map(Point::name).toList(), after);
        night.lives().passed().forEach(name -> passed.add(new Point(chapter, name)));
      }
      return morning(night, passed);
    }
  }

  private static Morning morning(Night night, List<Point> passed) throws Exception {
    NightJudge judge = new NightJudge(night);
    List<String> broken = judge.broken();
    return new Morning(passed, broken, night.lives().deaths(), judge.due(), judge.twice());
  }

  private void take(Morning morning, List<Point> plan) {
    nights++;
    deaths += morning.deaths();
    messages += morning.messages();
    twice += morning.twice();
    morning
        .broken()
        .forEach(sentence -> failures.add("%s, killed at %s".formatted(sentence, plan)));
  }
}
