package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import holdfast.alarm.AlarmReader;
import holdfast.alarm.Arrival;
import holdfast.alarm.EventMutator;
import holdfast.plan.Plans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

  private long crashes;
  private long hangs;
  private long refused;

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
    try (OpenDoor door = new OpenDoor()) {
      EventMutator mutator = new EventMutator(EventMutator.seeds(), seed);
      read(new AlarmReader(door.context.getBean(Plans.class)), mutator, events);
      counted.put("inputs", events);
      counted.put("refused", refused);
      counted.put("crashes", crashes);
      counted.put("hangs", hangs);
      door(door, mutator, Math.min(events, AT_THE_DOOR), new Random(seed), counted);
      counted.put("unread", unread(door));
    }
    return counted;
  }

  private void read(AlarmReader reader, EventMutator mutator, long events) {
    for (long i = 0; i < events; i++) {
      String format = FORMATS.get((int) (i % FORMATS.size()));
      Arrival arrival =
          new Arrival("r-" + i, "monitor", format, NOW, NOW, Map.of(), mutator.next());
      long begin = System.nanoTime();
      try {
        refused += reader.read(arrival).refused() == null ? 0 : 1;
      } catch (RuntimeException | StackOverflowError crash) {
        crashes++;
      }
      hangs += System.nanoTime() - begin > HANG_NANOS ? 1 : 0;
    }
  }

  private static void door(
      OpenDoor door, EventMutator mutator, long events, Random random, Map<String, Object> counted)
      throws IOException, InterruptedException {
    long accepted = 0;
    long failures = 0;
    for (long i = 0; i < events; i++) {
      byte[] body = mutator.next().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(20) == 0 && body.length > 0) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      int status = door.post(random.nextInt(10) == 0 ? "topic" : "monitor", body, Map.of());
      accepted += status == 202 ? 1 : 0;
      failures += status >= ERROR ? 1 : 0;
    }
    counted.put("at_the_door", events);
    counted.put("accepted", accepted);
    counted.put("status_5xx", failures);
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
