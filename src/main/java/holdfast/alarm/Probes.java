package holdfast.alarm;

import holdfast.journal.Audit;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.plan.ProbeSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holdfast's own look at what it protects: each probe of the plan at its pace, by one node only.
 * Waking it never waits for a target.
 */
public final class Probes implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

  private final Plans plans;
  private final Transaction journal;
  private final Audit audit;
  private final ProbePool pool;
  private final InstantSource clock;
  private final boolean alone;
  private final ProbeRows rows;
  private final UptimeDays days;
  private final Map<String, CompletableFuture<Void>> looks = new ConcurrentHashMap<>();

  /**
   * The probes.
   *
   * @param alone true where this process only runs one command: then nobody looks
   */
  Probes(
      Plans plans,
      Transaction journal,
      Audit audit,
      ProbePool pool,
      InstantSource clock,
      boolean alone) {
    this.plans = plans;
    this.journal = journal;
    this.audit = audit;
    this.pool = pool;
    this.clock = clock;
    this.alone = alone;
    this.rows = new ProbeRows(journal);
    this.days = new UptimeDays(journal);
  }

  /**
   * Begins the looks that are due, and says what earlier ones found that nobody was told yet: the
   * same alarms each time, until {@link #told} hears of them.
   */
  public List<Alarm> look() {
    List<ProbeSpec> probes = plans.probes();
    if (alone || probes.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    Map<String, ProbeRow> known = journal.in(() -> known(probes, now));
    probes.stream()
        .filter(probe -> isDue(probe, known.get(probe.id()), now) && !isLooking(probe))
        .sorted(Comparator.comparing(probe -> known.get(probe.id()).dueAt()))
        .forEach(probe -> begin(probe, known.get(probe.id()), now));
    List<Alarm> untold = new ArrayList<>();
    probes.forEach(probe -> untold.addAll(ProbeAlarms.untold(probe, known.get(probe.id()))));
    return List.copyOf(untold);
  }

  /** Notes that these alarms were taken. */
  public void told(List<Alarm> alarms) {
    journal.run(
        () ->
            alarms.forEach(
                alarm ->
                    rows.told(
                        Objects.requireNonNull(alarm.subject().system()),
                        alarm.name(),
                        alarm.kind().equals(ProbeAlarms.BLIND),
                        alarm.sequence(),
                        alarm.part() + 1)));
  }

  private Map<String, ProbeRow> known(List<ProbeSpec> probes, Instant now) {
    Map<String, ProbeRow> known = rows.all();
    List<ProbeSpec> fresh =
        probes.stream().filter(probe -> !known.containsKey(probe.id())).toList();
    fresh.forEach(probe -> rows.plant(probe, now));
    return fresh.isEmpty() ? known : rows.all();
  }

  private static boolean isDue(ProbeSpec probe, ProbeRow row, Instant now) {
    return !row.dueAt().isAfter(now)
        || row.dueAt().isAfter(now.plus(probe.every().multipliedBy(2)));
  }

  /** Where the journal is slow, looks do not pile up before it. */
  private boolean isLooking(ProbeSpec probe) {
    CompletableFuture<Void> look = looks.get(probe.id());
    return look != null && !look.isDone();
  }

  /** Whether nobody looks just now, so that whatever is due can begin. */
  boolean rests() {
    return looks.values().stream().allMatch(CompletableFuture::isDone);
  }

  /** At its pace, not counted from when somebody came to look; what was slept through is left. */
  private static Instant next(ProbeSpec probe, ProbeRow row, Instant now) {
    Instant next = row.dueAt().plus(probe.every());
    boolean paced = next.isAfter(now) && !next.isAfter(now.plus(probe.every()));
    return paced ? next : now.plus(probe.every());
  }

  private void begin(ProbeSpec probe, ProbeRow row, Instant now) {
    if (!pool.reserve()) {
      return;
    }
    boolean begun = false;
    try {
      Instant next = next(probe, row, now);
      Long claim = journal.in(() -> rows.claim(probe, now, next)).orElse(null);
      if (claim != null) {
        begun = true;
        looks.put(
            probe.id(),
            pool.start(probe)
                .thenAcceptAsync(result -> record(probe, claim, result), pool.recorders()));
      }
    } finally {
      if (!begun) {
        pool.release();
      }
    }
  }

  private void record(ProbeSpec probe, long claim, ProbeResult result) {
    try {
      journal.run(() -> write(probe, claim, result, clock.instant()));
    } catch (RuntimeException e) {
      LOG.warn("What probe {} found is not recorded: {}", probe.id(), e.getMessage());
    }
  }

  private void write(ProbeSpec probe, long claim, ProbeResult result, Instant now) {
    Map<String, ProbeRow> system = rows.lock(probe.system());
    ProbeRow row = system.get(probe.id());
    if (row == null || row.claim() != claim) {
      return;
    }
    count(probe, system, now);
    Standing before = row.standing();
    Standing after = before.after(result, probe.failures(), now);
    rows.store(probe, after);
    turned(probe, before.episode(), after.episode(), "probe.alarm", "probe.recovered");
    turned(probe, before.blind(), after.blind(), "probe.blind", "probe.sees");
  }

  private void turned(
      ProbeSpec probe,
      Standing.Episode before,
      Standing.Episode after,
      String began,
      String ended) {
    if (before.lasts() != after.lasts()) {
      audit.append(
          "holdfast", after.lasts() ? began : ended, probe.id(), Map.of("reason", after.reason()));
    }
  }

  /** The time since anything was last known of the component. */
  private void count(ProbeSpec probe, Map<String, ProbeRow> system, Instant now) {
    if (!probe.target().countsForAvailability()) {
      return;
    }
    List<Uptime.Word> words =
        plans.probes().stream()
            .filter(peer -> peer.system().equals(probe.system()))
            .filter(peer -> peer.component().equals(probe.component()))
            .filter(peer -> peer.target().countsForAvailability())
            .map(peer -> word(peer, system.get(peer.id())))
            .toList();
    Uptime.since(words, now)
        .ifPresent(stretch -> days.add(probe.system(), probe.component(), stretch));
  }

  private static Uptime.Word word(
      ProbeSpec probe, @org.jspecify.annotations.Nullable ProbeRow row) {
    return row == null
        ? new Uptime.Word(ProbeState.UNKNOWN, null, Duration.ZERO)
        : new Uptime.Word(row.standing().state(), row.standing().lookedAt(), holds(probe));
  }

  /** For how long a look is believed: one that comes late is still in time, two are not. */
  static Duration holds(ProbeSpec probe) {
    return probe.every().multipliedBy(2).plus(probe.timeout());
  }

  @Override
  public void close() {
    pool.close();
  }
}
