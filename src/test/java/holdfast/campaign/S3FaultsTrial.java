package holdfast.campaign;

import holdfast.harness.FaultyProxy.Fault;
import holdfast.harness.FaultyProxy.Op;
import holdfast.harness.FaultyProxy.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Every request that a backup and a proof make of S3 goes wrong in every way, once and always. What
 * comes out is a good point with every byte in its place, or a failure that leaves nothing.
 */
final class S3FaultsTrial implements Trial {

  private static final int RANDOM_BACKUPS = 100;
  private static final double ERRORS = 0.05;

  /** A quarter of an hour, fifteen times as fast. */
  private static final Duration OUTAGE = Duration.ofSeconds(60);

  private static final Duration SHORT_OUTAGE = Duration.ofSeconds(5);

  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  /** One way of going wrong. */
  private record Case(Op op, String fault, Fault meet, boolean always) {

    Script script() {
      IntPredicate which = always ? call -> true : call -> call == 0;
      return new Script(op, which, meet);
    }

    @Override
    public String toString() {
      return "%s %s: %s".formatted(always ? "every" : "the first", op, fault);
    }
  }

  @Override
  public String words() {
    return "ways in which S3 goes wrong, for each of its operations";
  }

  @Override
  public long runs() {
    return cases().size();
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    List<String> broken = new ArrayList<>(failures);
    if (!counted.get("random_errors").equals(counted.get("random_errors_good"))) {
      broken.add("With errors at random not every backup was good");
    }
    if (!counted.get("outage_good").equals(true) || !counted.get("outage_uploads").equals(1)) {
      broken.add("A backup did not go on where it was when its store came back");
    }
    broken.addAll(Limit.broken(counted, new Limit("unmet", runs() * 0.2)));
    return broken;
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Op op : Op.values()) {
      S3Fault.all()
          .forEach(
              (name, fault) -> {
                cases.add(new Case(op, name, fault, false));
                cases.add(new Case(op, name, fault, true));
              });
    }
    return cases;
  }

  @Override
  public Map<String, Object> run(long runs, long seed) throws Exception {
    List<Case> cases = cases();
    Collections.shuffle(cases, new Random(seed));
    List<Case> chosen = cases.stream().limit(runs).toList();
    Map<String, Object> counted = new LinkedHashMap<>();
    int unmet = 0;
    int random = (int) Math.min(RANDOM_BACKUPS, runs);
    try (FaultyHouse house = new FaultyHouse()) {
      for (Case one : chosen) {
        unmet += met(house, one) ? 0 : 1;
      }
      counted.put("operations", Op.values().length);
      counted.put("faults", S3Fault.all().size());
      counted.put("cases", chosen.size());
      counted.put("unmet", unmet);
      counted.put("random_errors", random);
      counted.put("random_errors_good", randomErrors(house, random, new Random(seed)));
    }
    outage(counted, runs < runs() ? SHORT_OUTAGE : OUTAGE);
    counted.putAll(outcomes);
    counted.put("failed", List.copyOf(failures));
    return counted;
  }

  /** With patience for twice as long, as in a plan that says nothing: half an hour. */
  private static void outage(Map<String, Object> counted, Duration time) throws Exception {
    try (FaultyHouse patient = new FaultyHouse(time.toSeconds() * 2 + "s")) {
      FaultyHouse.Outage outage = patient.outage(time);
      counted.put("outage_s", time.toSeconds());
      counted.put("outage_good", outage.good());
      counted.put("outage_uploads", outage.begun());
      counted.put("outage_refused", outage.refused());
    }
  }

  /** Whether any request met the fault. */
  private boolean met(FaultyHouse house, Case one) throws Exception {
    FaultyHouse.Outcome outcome = house.live(one.op(), one.script());
    outcomes.merge(outcome.word(), 1, Integer::sum);
    outcome.broken().forEach(sentence -> failures.add("%s, %s".formatted(one, sentence)));
    System.err.printf("%s -> %s%n", one, outcome.word());
    return outcome.met() > 0;
  }

  /** Each request is refused with the same chance. */
  private static int randomErrors(FaultyHouse house, int backups, Random random) throws Exception {
    int good = 0;
    for (int i = 0; i < backups; i++) {
      good += house.survives(() -> random.nextDouble() < ERRORS) ? 1 : 0;
    }
    return good;
  }
}
