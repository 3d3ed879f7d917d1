package holdfast.campaign;

import holdfast.harness.JournalNode;
import holdfast.harness.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two nodes with one journal wake the same schedules, while one of them is killed or stopped every
 * thirty seconds. No fire has its effect twice, and of every fire the journal knows what became of
 * it: it was run, or somebody was told that it was not.
 */
final class FiresTrial implements Trial {

  private static final int ASSETS = 100;
  private static final Duration TROUBLE_EVERY = Duration.ofSeconds(30);
  private static final Duration SETTLING = Duration.ofSeconds(75);

  private int kills;
  private int stops;

  @Override
  public String words() {
    return "fires of schedules that two nodes share, one of which is killed or stopped";
  }

  @Override
  public long runs() {
    return 10_000;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    return Limit.broken(counted, new Limit("doubled", 0), new Limit("lost", 0));
  }

  @Override
  public Map<String, Object> run(long runs, long seed) throws Exception {
    long minutes = Math.max(1, runs / ASSETS);
    long began = InstantSource.system().millis();
    InstantSource clock = FiresNode.clock(began);
    JournalNode journal = JournalNode.fresh(clock, "anybody");
    journal.sql("CREATE TABLE effects (asset text, fire_time timestamptz, run text)");
    try (Pair pair = new Pair(journal.database(), began)) {
      Instant end = FiresNode.START.plus(Duration.ofMinutes(minutes)).plusSeconds(30);
      Random random = new Random(seed);
      while (clock.instant().isBefore(end)) {
        rest(Duration.ofMillis(Math.min(TROUBLE_EVERY.toMillis(), left(clock, end))));
        trouble(pair, random);
      }
      rest(SETTLING);
    }
    return counted(journal, minutes);
  }

  private static long left(InstantSource clock, Instant end) {
    return Duration.between(clock.instant(), end).toMillis() / FiresNode.FASTER + 1;
  }

  private void trouble(Pair pair, Random random) throws IOException, InterruptedException {
    int which = random.nextInt(2);
    if (random.nextBoolean()) {
      pair.kill(which);
      kills++;
    } else {
      pair.stop(which, Duration.ofSeconds(1 + random.nextInt(70)));
      stops++;
    }
  }

  private static void rest(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  private Map<String, Object> counted(JournalNode journal, long minutes) {
    Map<String, Object> counted = new LinkedHashMap<>();
    long due = number(journal, "SELECT count(*) FROM fires WHERE outcome = 'DUE'");
    counted.put("nodes", 2);
    counted.put("assets", ASSETS);
    counted.put("minutes", minutes);
    counted.put("kills", kills);
    counted.put("stops", stops);
    counted.put("fires", number(journal, "SELECT count(*) FROM fires"));
    counted.put("due", due);
    counted.put("run", number(journal, "SELECT count(DISTINCT (asset, fire_time)) FROM effects"));
    counted.put("told", number(journal, TOLD));
    counted.put(
        "doubled",
        number(
            journal,
            """
            SELECT count(*) FROM (SELECT FROM effects GROUP BY asset, fire_time
              HAVING count(*) > 1) AS twice"""));
    counted.put("lost", number(journal, LOST) + gaps(journal));
    return counted;
  }

  /** Fires that were not run, and of which somebody was told. */
  private static final String TOLD =
      """
      SELECT count(*) FROM fires f WHERE NOT EXISTS
        (SELECT FROM effects e WHERE e.asset = f.asset AND e.fire_time = f.fire_time)
        AND (f.outcome = 'MISSED' OR EXISTS
          (SELECT FROM runs r JOIN outbox o ON o.run_id = r.id
           WHERE r.asset = f.asset AND r.fire_time = f.fire_time))""";

  /** Fires that were neither run nor told of. */
  private static final String LOST =
      """
      SELECT count(*) FROM fires f WHERE f.outcome = 'DUE' AND NOT EXISTS
        (SELECT FROM effects e WHERE e.asset = f.asset AND e.fire_time = f.fire_time)
        AND NOT EXISTS
          (SELECT FROM runs r JOIN outbox o ON o.run_id = r.id
           WHERE r.asset = f.asset AND r.fire_time = f.fire_time)""";

  /** Minutes between the first and the last fire of an asset that nobody recorded at all. */
  private static long gaps(JournalNode journal) {
    return number(
        journal,
        """
        SELECT coalesce(sum(minutes - fires), 0) FROM (
          SELECT 1 + extract(epoch FROM max(fire_time) - min(fire_time))::bigint / 60 AS minutes,
            count(*) AS fires FROM fires GROUP BY asset) AS each""");
  }

  private static long number(JournalNode journal, String sql) {
    return JdbcClient.create(journal.source()).sql(sql).query(Long.class).single();
  }

  /** Two lean nodes as children, each replaced when it was killed. */
  private static final class Pair implements AutoCloseable {

    private final String database;
    private final long began;
    private final List<Process> nodes = new ArrayList<>();

    Pair(String database, long began) throws IOException {
      this.database = database;
      this.began = began;
      nodes.add(start());
      nodes.add(start());
    }

    private Process start() throws IOException {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "-Xmx128m",
                      "-cp",
                      System.getProperty("java.class.path"),
                      FiresNode.class.getName(),
                      Postgres.cluster().socketFolder().toString(),
                      Postgres.cluster().user(),
                      database,
                      Long.toString(began),
                      Integer.toString(ASSETS)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "node-ends"));
      return process;
    }

    void kill(int which) throws IOException {
      nodes.get(which).destroyForcibly().onExit().join();
      nodes.set(which, start());
    }

    void stop(int which, Duration time) throws IOException, InterruptedException {
      signal("STOP", which);
      rest(time);
      signal("CONT", which);
    }

    private void signal(String name, int which) throws IOException, InterruptedException {
      String pid = Long.toString(nodes.get(which).pid());
      new ProcessBuilder("kill", "-" + name, pid).start().waitFor(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      nodes.forEach(node -> node.destroyForcibly().onExit().join());
    }
  }
}
