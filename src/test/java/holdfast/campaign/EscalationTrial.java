package holdfast.campaign;

import holdfast.harness.JournalNode;
import holdfast.harness.Postgres;
import holdfast.incident.AckRace;
import holdfast.incident.Duties;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.incident.Opening;
import holdfast.incident.TimelineEntry;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import holdfast.process.PrivateCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.stream.Stream;

/**
 * A node that calls levels is killed at random moments and started again, while incidents are
 * opened whose levels are due while it is up and while it is down; then acknowledgements race the
 * clock.
 */
final class EscalationTrial implements Trial {

  static final List<String> CHANNELS = List.of("chat", "mail", "topic");

  private static final List<Duration> DUE = Stream.of(0, 2, 4, 7).map(Duration::ofSeconds).toList();

  private static final int RACES_PER_CYCLE = 10;
  private static final double MILLIS = 1e3;

  private final InstantSource clock = InstantSource.system();

  /** One life of the node. */
  private record Life(Instant spawned, Instant ready, Instant killed) {}

  @Override
  public String words() {
    return "kills of a node that calls levels, and ten times as many races of acknowledgements";
  }

  @Override
  public long runs() {
    return 100;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    List<String> broken =
        new ArrayList<>(
            Limit.broken(
                counted,
                new Limit("max_late_up_s", 5),
                new Limit("max_late_after_start_s", 10),
                new Limit("skipped", 0),
                new Limit("unsent", 0),
                new Limit("claimed_after_ack", 0)));
    if (((Number) counted.get("duplicates")).longValue()
        > ((Number) counted.get("kills")).longValue()) {
      broken.add("More messages were sent twice than the node was killed");
    }
    return broken;
  }

  /** The plan of parent and child. */
  static Plans plans() {
    List<EscalationLevel> levels = new ArrayList<>();
    for (int i = 0; i < DUE.size(); i++) {
      levels.add(Duties.level(i + 1, DUE.get(i), CHANNELS.get(i % CHANNELS.size()), "Ada"));
    }
    return Duties.plans(levels);
  }

  @Override
  public Map<String, Object> run(long cycles, long seed) throws Exception {
    Random random = new Random(seed);
    JournalNode node = JournalNode.fresh(clock);
    Incidents incidents =
        new Incidents(node.transaction(), node.audit(), node.outbox(), node.ids(), plans(), clock);
    Path sent = Files.createTempFile("holdfast-sent", ".txt");
    List<Life> lives = new ArrayList<>();
    for (long i = 0; i < cycles; i++) {
      lives.add(live(node, incidents, sent, random));
      open(incidents, 1);
      rest(200 + random.nextInt(1200));
    }
    lives.add(last(node, sent));
    Map<String, Object> counted = judge(incidents, node, lives, sent, cycles);
    counted.put("races", cycles * RACES_PER_CYCLE);
    counted.put("claimed_after_ack", AckRace.claimedAfterAck(cycles * RACES_PER_CYCLE));
    Files.delete(sent);
    return counted;
  }

  private Life live(JournalNode node, Incidents incidents, Path sent, Random random)
      throws Exception {
    Instant spawned = clock.instant();
    Process child = spawn(node, sent);
    Instant ready = ready(child);
    open(incidents, 1);
    rest(300 + random.nextInt(2200));
    Instant killed = clock.instant();
    child.destroyForcibly().waitFor();
    return new Life(spawned, ready, killed);
  }

  /** Lives until everything is due and sent. */
  private Life last(JournalNode node, Path sent) throws Exception {
    Instant spawned = clock.instant();
    Process child = spawn(node, sent);
    try {
      Instant ready = ready(child);
      Instant end = spawned.plusSeconds(60);
      rest(DUE.get(DUE.size() - 1).toMillis());
      while (!node.outbox().unsent(Instant.EPOCH).isEmpty() && clock.instant().isBefore(end)) {
        rest(500);
      }
      rest(2000);
      return new Life(spawned, ready, clock.instant());
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static void open(Incidents incidents, int count) {
    for (int i = 0; i < count; i++) {
      incidents.open(
          new Opening("roleferry", Severity.HIGH, Situation.SERVER, "Server down", "", "ada"));
    }
  }

  private static Process spawn(JournalNode node, Path sent) throws IOException {
    PrivateCluster cluster = Postgres.cluster();
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx96m",
            "-cp",
            System.getProperty("java.class.path"),
            Watchman.class.getName(),
            cluster.socketFolder().toString(),
            Integer.toString(cluster.port()),
            cluster.user(),
            node.database(),
            sent.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Instant ready(Process child) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.equals("ready")) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("The node ended before it was ready.");
    }
    return clock.instant();
  }

  private static void rest(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static Map<String, Object> judge(
      Incidents incidents, JournalNode node, List<Life> lives, Path sent, long kills)
      throws IOException {
    double up = 0;
    double afterStart = 0;
    long told = 0;
    long skipped = 0;
    long twice = 0;
    for (Incident incident : incidents.recent(100_000)) {
      for (int level = 1; level <= DUE.size(); level++) {
        List<Instant> at = told(incidents, incident, level);
        told += Math.min(1, at.size());
        skipped += at.isEmpty() ? 1 : 0;
        twice += Math.max(0, at.size() - 1);
        if (at.isEmpty() || level == 1) { // level 1 is told by whoever opens
          continue;
        }
        Instant due = incident.clockFrom().plus(DUE.get(level - 1));
        Life life = lifeAt(lives, at.get(0));
        if (due.isBefore(life.ready())) {
          Instant from = due.isAfter(life.spawned()) ? due : life.spawned();
          afterStart = Math.max(afterStart, seconds(from, at.get(0)));
        } else {
          up = Math.max(up, seconds(due, at.get(0)));
        }
      }
    }
    List<String> lines = Files.readAllLines(sent);
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("cycles", kills);
    counted.put("kills", kills);
    counted.put("levels", told);
    counted.put("max_late_up_s", up);
    counted.put("max_late_after_start_s", afterStart);
    counted.put("skipped", skipped);
    counted.put("duplicates", twice + lines.size() - lines.stream().distinct().count());
    counted.put("unsent", node.outbox().unsent(Instant.EPOCH).size());
    return counted;
  }

  private static List<Instant> told(Incidents incidents, Incident incident, int level) {
    return incidents.timeline(incident.id()).stream()
        .filter(entry -> entry.kind() == TimelineEntry.Kind.TOLD && entry.level() == level)
        .map(TimelineEntry::at)
        .toList();
  }

  /** The node that was alive then. */
  private static Life lifeAt(List<Life> lives, Instant at) {
    return lives.stream()
        .filter(life -> !at.isBefore(life.spawned()))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / MILLIS;
  }
}
