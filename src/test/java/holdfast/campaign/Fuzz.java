package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import holdfast.alarm.AlarmReader;
import holdfast.alarm.Arrival;
import holdfast.alarm.EventMutator;
import holdfast.plan.Plans;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wrong events: all of them to the reader, many of them through the door of the real service. */
final class Fuzz implements Trial {

  private static final int AT_THE_DOOR = 20_000;
  private static final int ERROR = 500;
  private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Duration DRAIN = Duration.ofMinutes(3);
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final List<String> FORMATS =
      List.of("auto", "alertmanager", "grafana", "mongodb-atlas", "pagerduty", "generic");

  private static final int READERS = Runtime.getRuntime().availableProcessors();
  private static final int CALLERS = 8;

  private final LongAdder crashes = new LongAdder();
  private final LongAdder hangs = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder failures = new LongAdder();

  @Override
  public String words() {
    return "wrong events to the reader, 20,000 of them through the door";
  }

  @Override
  public long runs() {
    return 1_000_000;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    return Limit.broken(
        counted,
        new Limit("crashes", 0),
        new Limit("hangs", 0),
        new Limit("status_5xx", 0),
        new Limit("unread", 0));
  }

  @Override
  public Map<String, Object> run(long events, long seed) throws Exception {
    Map<String, Object> counted = new LinkedHashMap<>();
    List<String> seeds = EventMutator.seeds();
    try (OpenDoor door = new OpenDoor()) {
      Plans plans = door.context.getBean(Plans.class);
      long begin = System.nanoTime();
      together(
          READERS,
          events,
          worker -> {
            EventMutator mutator = new EventMutator(seeds, seed + worker);
            AlarmReader reader = new AlarmReader(plans);
            return number -> read(reader, number, mutator.next());
          });
      counted.put("inputs", events);
      counted.put("inputs_per_s", rate(events, begin));
      counted.put("refused", refused.sum());
      counted.put("crashes", crashes.sum());
      counted.put("hangs", hangs.sum());
      long calls = Math.min(events, AT_THE_DOOR);
      begin = System.nanoTime();
      together(CALLERS, calls, worker -> caller(door, seeds, seed + READERS + worker));
      counted.put("at_the_door", calls);
      counted.put("at_the_door_per_s", rate(calls, begin));
      counted.put("accepted", accepted.sum());
      counted.put("status_5xx", failures.sum());
      counted.put("unread", unread(door));
    }
    return counted;
  }

  private static long rate(long events, long begin) {
    return events * TimeUnit.SECONDS.toNanos(1) / Math.max(1, System.nanoTime() - begin);
  }

  /** What one worker does with the number of each event that falls to it. */
  private interface Work {
    void one(long number) throws Exception;
  }

  /** Every worker draws its own events, so that a seed gives the same ones each time. */
  private static void together(int workers, long events, IntFunction<Work> work)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      int worker = i;
      all.add(
          threads.submit(
              () -> {
                Work mine = work.apply(worker);
                for (long number = worker; number < events; number += workers) {
                  mine.one(number);
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (ExecutionException broken) {
        throw new IllegalStateException(broken.getCause());
      }
    }
  }

  private void read(AlarmReader reader, long number, String body) {
    String format = FORMATS.get((int) (number % FORMATS.size()));
    Arrival arrival = new Arrival("r-" + number, "monitor", format, NOW, NOW, Map.of(), body);
    long begin = System.nanoTime();
    try {
      refused.add(reader.read(arrival).refused() == null ? 0 : 1);
    } catch (RuntimeException | StackOverflowError crash) {
      crashes.increment();
    }
    hangs.add(System.nanoTime() - begin > HANG_NANOS ? 1 : 0);
  }

  private Work caller(OpenDoor door, List<String> seeds, long seed) {
    EventMutator mutator = new EventMutator(seeds, seed);
    Random random = new Random(seed);
    return number -> {
      byte[] body = mutator.next().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(20) == 0 && body.length > 0) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      int status = door.post(random.nextInt(10) == 0 ? "topic" : "monitor", body, Map.of());
      accepted.add(status == 202 ? 1 : 0);
      failures.add(status >= ERROR ? 1 : 0);
    };
  }

  /** Events that still wait when the service has had time for all. */
  private static long unread(OpenDoor door) {
    JdbcClient journal = JdbcClient.create(door.context.getBean("journal", DataSource.class));
    try {
      await().atMost(DRAIN).until(() -> waiting(journal) == 0);
    } catch (ConditionTimeoutException late) {
      return waiting(journal);
    }
    return 0;
  }

  private static long waiting(JdbcClient journal) {
    return journal
        .sql("SELECT count(*) FROM receipts WHERE state = 'WAITING'")
        .query(Long.class)
        .single();
  }
}
