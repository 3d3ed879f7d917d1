package holdfast.campaign;

import holdfast.harness.Receiver.Taken;
import holdfast.harness.VictimNode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Floods the service twice, with one trouble and then with many, kills it in the middle of each,
 * and lets a new critical trouble begin meanwhile.
 */
final class Storm implements Trial {

  private static final double PER_SECOND = 10_000 / 60.0;
  private static final int MANY = 500;
  private static final Duration DRAIN = Duration.ofSeconds(90);

  private static final String PAGE = "/incidents";

  @Override
  public String words() {
    return "events sent in a minute's pace, twice: one trouble, then 500; a kill in each";
  }

  @Override
  public long runs() {
    return 10_000;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    return Limit.broken(
        counted,
        new Limit("lost", 0),
        new Limit("unread", 0),
        new Limit("messages_per_channel_one", 3),
        new Limit("messages_per_channel_many", 10),
        new Limit("critical_paged_s", 30),
        new Limit("page_p95_ms", 1000));
  }

  @Override
  public Map<String, Object> run(long events, long seed) throws Exception {
    Map<String, Object> figures = new LinkedHashMap<>();
    try (Station one = Station.open()) {
      flood(one, events, figures, n -> event("disk-full", n), false);
      figures.put("messages_per_channel_one", most(one));
    }
    try (Station many = Station.open()) {
      flood(many, events, figures, n -> event("trouble-" + n % MANY, n), true);
      figures.put("messages_per_channel_many", most(many));
    }
    return figures;
  }

  private static String event(String name, long number) {
    return Station.alert(name, "warning", true, InstantSource.system().instant().toString())
        .replace("\"summary\": \"", "\"n\": \"number " + number + ".\", \"summary\": \"");
  }

  private static void flood(
      Station station,
      long events,
      Map<String, Object> figures,
      java.util.function.LongFunction<String> body,
      boolean page)
      throws Exception {
    AtomicReference<VictimNode> node = new AtomicReference<>(station.start());
    Flood flood = new Flood(node, body);
    double seconds = events / PER_SECOND;
    Thread killer = new Thread(() -> kill(station, node, seconds / 2), "killer");
    Visits visits = new Visits(node, station.home, PAGE);
    killer.start();
    visits.start();
    Thread critical = new Thread(() -> critical(node, seconds * 3 / 4), "critical");
    if (page) {
      critical.start();
    }
    flood.send(events, seconds);
    killer.join();
    if (page) {
      critical.join();
      figures.put("critical_paged_s", paged(station));
    }
    visits.stop();
    long unread = drained(station.journal());
    figures.merge("accepted", (long) flood.accepted().size(), Storm::sum);
    figures.merge("refused", flood.refused(), Storm::sum);
    figures.merge("lost", lost(station.journal(), flood.accepted()), Storm::sum);
    figures.merge("unread", unread, Storm::sum);
    figures.merge("accept_p95_ms", flood.answers().millis(0.95), Storm::larger);
    figures.merge("page_p95_ms", visits.times().millis(0.95), Storm::larger);
    rest(Duration.ofSeconds(5));
    node.get().close();
  }

  private static Object sum(Object left, Object right) {
    return ((Number) left).longValue() + ((Number) right).longValue();
  }

  private static Object larger(Object left, Object right) {
    return Math.max(((Number) left).longValue(), ((Number) right).longValue());
  }

  private static void kill(Station station, AtomicReference<VictimNode> node, double after) {
    rest(Duration.ofMillis((long) (after * 1000)));
    node.get().kill();
    try {
      node.set(station.start());
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static void critical(AtomicReference<VictimNode> node, double after) {
    rest(Duration.ofMillis((long) (after * 1000)));
    new Flood(node, n -> event("CRITICAL-now", n).replace("warning", "critical")).once();
  }

  /** Seconds from the critical event's acceptance to its message; -1 when none came. */
  private static double paged(Station station) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < deadline) {
      var told =
          station.receiver.taken("slack").stream()
              .filter(message -> message.parameters().get("text").contains("CRITICAL-now"))
              .map(Taken::at)
              .findFirst();
      if (told.isPresent()) {
        var accepted =
            station
                .journal()
                .sql("SELECT min(received_at) FROM receipts WHERE body LIKE '%CRITICAL-now%'")
                .query(java.time.OffsetDateTime.class)
                .single();
        return Duration.between(accepted.toInstant(), told.get()).toMillis() / 1000.0;
      }
      rest(Duration.ofMillis(100));
    }
    return Double.NaN;
  }

  private static long drained(JdbcClient journal) {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    long waiting = waiting(journal);
    while (waiting > 0 && System.nanoTime() < deadline) {
      rest(Duration.ofMillis(200));
      waiting = waiting(journal);
    }
    return waiting;
  }

  private static long waiting(JdbcClient journal) {
    return journal
        .sql("SELECT count(*) FROM receipts WHERE state <> 'DONE'")
        .query(Long.class)
        .single();
  }

  private static long lost(JdbcClient journal, Set<Long> accepted) {
    Set<Long> kept =
        new HashSet<>(
            journal
                .sql("SELECT substring(body FROM 'number ([0-9]+)\\.')::bigint FROM receipts")
                .query(Long.class)
                .list());
    return accepted.stream().filter(number -> !kept.contains(number)).count();
  }

  /** The most messages that any channel got, those about the critical trouble included. */
  private static long most(Station station) {
    return Math.max(
        station.mail.count(),
        Math.max(station.receiver.taken("slack").size(), station.receiver.taken("sns").size()));
  }

  private static void rest(Duration time) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
  }
}
