package holdfast.campaign;

import holdfast.harness.Receiver.Taken;
import holdfast.harness.VictimNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * From an event's first byte to its message in the channel's hands, on three channels, while 49
 * other events a second repeat old troubles.
 */
final class Latency implements Trial {

  private static final int EVENTS_PER_SECOND = 50;
  private static final int WARM_SECONDS = 20;
  private static final Duration LAST = Duration.ofSeconds(20);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int warmSeconds;
  private final Duration last;

  Latency() {
    this(WARM_SECONDS, LAST);
  }

  /**
   * One that does not count what happens in the first {@code warmSeconds}, and waits for {@code
   * last} until it counts as missing what has not come.
   */
  Latency(int warmSeconds, Duration last) {
    this.warmSeconds = warmSeconds;
    this.last = last;
  }

  @Override
  public String words() {
    return "seconds of 50 events each, one of which opens an incident";
  }

  @Override
  public long runs() {
    return 120;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    return Limit.broken(
        counted, new Limit("p50_ms", 300), new Limit("p99_ms", 2000), new Limit("missing", 0));
  }

  @Override
  public Map<String, Object> run(long seconds, long seed) throws Exception {
    long all = seconds + warmSeconds;
    Map<String, Long> sent = new ConcurrentHashMap<>();
    try (Station station = Station.open((int) all);
        VictimNode node = station.start();
        Arrivals arrivals = new Arrivals(station)) {
      Flood flood =
          new Flood(
              new AtomicReference<>(node),
              number -> {
                long second = number / EVENTS_PER_SECOND;
                boolean opens = number % EVENTS_PER_SECOND == 0;
                String name = opens ? "s%d-fails".formatted(second) : "old-trouble";
                if (opens) {
                  sent.put(name, System.nanoTime());
                }
                return Station.alert(
                    name, "warning", true, InstantSource.system().instant().toString());
              });
      flood.send(all * EVENTS_PER_SECOND, all);
      settle(sent, arrivals);
      return figures(sent, arrivals, flood);
    }
  }

  /** Waits until all have come, but not for ever. */
  private void settle(Map<String, Long> sent, Arrivals arrivals) {
    long deadline = System.nanoTime() + last.toNanos();
    while (System.nanoTime() < deadline && !sent.keySet().stream().allMatch(arrivals::everywhere)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private Map<String, Object> figures(Map<String, Long> sent, Arrivals arrivals, Flood flood) {
    Map<String, Object> figures = new LinkedHashMap<>();
    Spread spread = new Spread();
    long missing = 0;
    for (Map.Entry<String, Long> event : sent.entrySet()) {
      int second = Integer.parseInt(event.getKey().replaceAll("\\D", ""));
      if (second < warmSeconds) {
        continue;
      }
      for (String channel : Arrivals.CHANNELS) {
        Long arrived = arrivals.of(channel, event.getKey());
        if (arrived == null) {
          missing++;
        } else {
          spread.add(arrived - event.getValue());
        }
      }
    }
    figures.put("measured", spread.count());
    figures.put("missing", missing);
    figures.put("p50_ms", spread.millis(0.5));
    figures.put("p99_ms", spread.millis(0.99));
    figures.put("accept_p99_ms", flood.answers().millis(0.99));
    return figures;
  }

  /** When each message came, as its receiver saw it. */
  private static final class Arrivals implements AutoCloseable {

    static final List<String> CHANNELS = List.of("slack", "sns", "mail");
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Station station;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::watch, "arrivals");
    private volatile boolean over;

    Arrivals(Station station) {
      this.station = station;
      thread.start();
    }

    boolean everywhere(String name) {
      return CHANNELS.stream().allMatch(channel -> of(channel, name) != null);
    }

    Long of(String channel, String name) {
      return seen.get(channel + " " + name);
    }

    private void watch() {
      int mails = 0;
      while (!over) {
        note("slack", "text");
        note("sns", "Message");
        mails = mails(mails);
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }

    private void note(String service, String parameter) {
      for (Taken message : station.receiver.taken(service)) {
        note(service, message.parameters().get(parameter), message.at());
      }
    }

    private int mails(int known) {
      if (station.mail.count() == known) {
        return known;
      }
      var mails = station.mail.mails();
      for (var mail : mails.subList(known, mails.size())) {
        note("mail", mail.text(), InstantSource.system().instant());
      }
      return mails.size();
    }

    private void note(String channel, String text, Instant at) {
      java.util.regex.Matcher name = NAME.matcher(text);
      while (name.find()) { // a digest tells of several
        long ago = Duration.between(at, InstantSource.system().instant()).toNanos();
        seen.putIfAbsent(channel + " " + name.group(), System.nanoTime() - ago);
      }
    }

    private static final java.util.regex.Pattern NAME =
        java.util.regex.Pattern.compile("s\\d+-fails");

    @Override
    public void close() throws IOException {
      over = true;
      try {
        thread.join();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
