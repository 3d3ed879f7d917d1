package holdfast.retention;

import holdfast.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Decides over random histories and lets an {@link Oracle} judge each decision. */
public final class RandomHistories {

  /** One life of sixty days for so many histories. */
  private static final int HISTORIES_A_LIFE = 100;

  private static final Duration A_YEAR = Duration.ofDays(365);

  private final List<String> broken = new ArrayList<>();
  private long points;
  private long going;
  private long byClock;
  private long lives;
  private long removed;

  private RandomHistories() {}

  /**
   * The counts {@code histories points going lives removed broken deletedByClock}, and the first
   * sentences about what broke.
   */
  public static Map<String, Object> run(long histories, long seed) {
    RandomHistories all = new RandomHistories();
    SplittableRandom seeds = new SplittableRandom(seed);
    for (long i = 0; i < histories; i++) {
      all.history(seeds.nextLong());
      if (i % HISTORIES_A_LIFE == 0) {
        all.life(seeds.nextLong());
      }
    }
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("histories", histories);
    counted.put("points", all.points);
    counted.put("going", all.going);
    counted.put("lives", all.lives);
    counted.put("removed", all.removed);
    counted.put("broken", all.broken.size());
    counted.put("deletedByClock", all.byClock);
    counted.put("first", all.broken.stream().limit(5).toList());
    return counted;
  }

  private void history(long seed) {
    Histories dice = new Histories(seed);
    History history = dice.history();
    Retention policy = dice.policy();
    List<Verdict> verdicts = Keeping.decide(history, policy);
    Oracle.broken(history, policy, verdicts)
        .forEach(sentence -> broken.add("history %d: %s".formatted(seed, sentence)));
    points += verdicts.size();
    going += count(verdicts);
    Instant ahead = history.now().plus(A_YEAR);
    byClock +=
        count(Keeping.decide(new History(history.points(), ahead, history.newestKnown()), policy));
  }

  private static long count(List<Verdict> verdicts) {
    return verdicts.stream().filter(verdict -> !verdict.keep()).count();
  }

  private void life(long seed) {
    Life.Outcome outcome = Life.of(seed);
    lives++;
    removed += outcome.removed();
    outcome.broken().forEach(sentence -> broken.add("life %d: %s".formatted(seed, sentence)));
  }
}
