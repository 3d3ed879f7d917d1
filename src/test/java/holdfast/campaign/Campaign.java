package holdfast.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code NAME [--runs N] [--seed S] [--json]}: one long proof, its figures, and 1 if it failed. */
public final class Campaign {

  private static final double NANOS = 1e9;

  private static final Map<String, Trial> TRIALS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("storm", new Storm()),
              Map.entry("latency", new Latency()),
              Map.entry("headers", new Headers()),
              Map.entry("fuzz", new Fuzz()),
              Map.entry("escalation", new EscalationTrial()),
              Map.entry("night", new NightTrial()),
              Map.entry("kills", new KillsTrial()),
              Map.entry("flips", new FlipsTrial()),
              Map.entry("s3-faults", new S3FaultsTrial()),
              Map.entry("fires", new FiresTrial()),
              Map.entry("retention", new RetentionTrial())));

  private Campaign() {}

  /** Ends with 0 when every promise was kept, 1 when one was broken, 2 for a wrong call. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = Arrays.asList(arguments);
    Trial trial = given.isEmpty() ? null : TRIALS.get(given.get(0));
    if (trial == null) {
      System.err.println("bin/campaign NAME [--runs N] [--seed S] [--json], where NAME is one of:");
      TRIALS.forEach((name, known) -> System.err.printf("  %-12s %s%n", name, known.words()));
      System.exit(2);
      return;
    }
    long runs = number(given, "--runs", trial.runs());
    long seed = number(given, "--seed", System.nanoTime() & 0xffffff);
    System.err.printf("%s: %d runs, seed %d%n", given.get(0), runs, seed);
    long begin = System.nanoTime();
    Map<String, Object> counted = trial.run(runs, seed);
    List<String> broken = trial.broken(counted);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", given.get(0));
    all.put("runs", runs);
    all.put("failures", broken.size());
    all.put("seed", seed);
    all.put("seconds", Math.round((System.nanoTime() - begin) / NANOS));
    all.putAll(counted);
    System.out.println(
        given.contains("--json") ? new ObjectMapper().writeValueAsString(all) : words(all));
    broken.forEach(sentence -> System.err.println("BROKEN: " + sentence + "; seed " + seed));
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  private static long number(List<String> given, String option, long otherwise) {
    int at = given.indexOf(option);
    return at < 0 ? otherwise : Long.parseLong(given.get(at + 1));
  }

  private static String words(Map<String, Object> all) {
    StringBuilder lines = new StringBuilder();
    all.forEach((name, value) -> lines.append("%-24s %s%n".formatted(name, value)));
    return lines.toString().stripTrailing();
  }
}
