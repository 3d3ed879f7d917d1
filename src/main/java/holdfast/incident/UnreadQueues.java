package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.journal.Transaction;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices queues of senders that have not been read for five minutes, for whatever reason: each is
 * an incident of its own, at most one an hour, until it is read again. A queue that is empty and
 * says so is read. After a start the five minutes begin anew.
 */
public final class UnreadQueues {

  /** So long a queue may go unread; a server of queues that is exchanged takes less. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * For so long looks must have found it nearly so: a clock leaps while this machine sleeps, and a
   * question that was under way then takes less to be asked again.
   */
  static final Duration SEEN = Duration.ofSeconds(45);

  /** Assets of a system called queue have such fingerprints too: only the kind tells them apart. */
  private static final String FINGERPRINTS = "holdfast/queue/";

  private static final String KIND = "holdfast-queue";

  /**
   * How a queue stands.
   *
   * @param since when it was last read, or when this process began
   * @param read whether this process has ever read it
   * @param reason why the newest attempt failed; absent where none has since
   */
  private record Reads(Instant since, boolean read, @Nullable String reason) {}

  private final Map<String, Reads> queues = new ConcurrentHashMap<>();
  private final Map<String, Instant> suspected = new ConcurrentHashMap<>();
  private final Transaction journal;
  private final Incidents incidents;
  private final InstantSource clock;

  /** A watch over the queues of these senders, by their names in the plan. */
  UnreadQueues(Set<String> senders, Transaction journal, Incidents incidents, InstantSource clock) {
    this.journal = journal;
    this.incidents = incidents;
    this.clock = clock;
    Reads never = new Reads(now(), false, null);
    senders.forEach(sender -> queues.put(sender, never));
  }

  /** The queue of {@code sender} has just been read, even if nothing was in it. */
  public void read(String sender) {
    queues.computeIfPresent(sender, (name, before) -> new Reads(now(), true, null));
  }

  /** It could not be, and {@code reason} says why, in one sentence without secret or address. */
  public void failed(String sender, String reason) {
    queues.computeIfPresent(
        sender, (name, before) -> new Reads(before.since(), before.read(), reason));
  }

  /** The senders whose queues have not been read for too long, in order. */
  public List<String> unread() {
    Instant now = now();
    return unread(PATIENCE, now);
  }

  private List<String> unread(Duration patience, Instant now) {
    return queues.keySet().stream().filter(name -> isUnread(name, patience, now)).sorted().toList();
  }

  /** Looks once; how many queues have not been read for too long. */
  public int look() {
    Instant now = now();
    List<String> unread = seen(now);
    unread.forEach(name -> incidents.take(List.of(firing(name, queues.get(name), now))));
    journal.in(this::told).stream()
        .filter(name -> isMended(name, now))
        .forEach(name -> incidents.take(List.of(cleared(name, now))));
    return unread.size();
  }

  /** Those that are unread for too long, and were nearly so at a look some time ago. */
  private List<String> seen(Instant now) {
    List<String> nearly = unread(PATIENCE.minus(SEEN), now);
    suspected.keySet().retainAll(nearly);
    nearly.forEach(name -> suspected.putIfAbsent(name, now));
    return unread(PATIENCE, now).stream()
        .filter(name -> suspected.containsKey(name) && !suspected.get(name).plus(SEEN).isAfter(now))
        .toList();
  }

  private boolean isUnread(String name, Duration patience, Instant now) {
    return !queues.get(name).since().plus(patience).isAfter(now);
  }

  /** Known by this very process to be read, or in no plan any more. */
  private boolean isMended(String name, Instant now) {
    Reads reads = queues.get(name);
    return reads == null || (reads.read() && !isUnread(name, PATIENCE, now));
  }

  /** Those of which it was told that they are not read, also by the process before this one. */
  private List<String> told() {
    return journal
        .sql(
            """
            SELECT substr(fingerprint, length(:prefix) + 1) FROM signals
            WHERE state = 'FIRING' AND sender = :sender AND kind = :kind ORDER BY fingerprint""")
        .param("prefix", FINGERPRINTS)
        .param("sender", OwnAlarms.SENDER)
        .param("kind", KIND)
        .query(String.class)
        .list();
  }

  private static Alarm firing(String name, Reads reads, Instant now) {
    String text =
        "Nothing has been read from it since %s: what is told through it is not known here. %s"
            .formatted(
                Sentences.time(reads.since()),
                reads.reason() == null
                    ? "No attempt has come to an end: 'holdfast routes check' says whether its route works."
                    : "The newest attempt: " + reads.reason());
    long hour = now.truncatedTo(ChronoUnit.HOURS).getEpochSecond();
    String receipt = "queue-%s-%s-%d".formatted(name, reads.since(), hour);
    return alarm(receipt, name, Alarm.State.FIRING, text, now);
  }

  private static Alarm cleared(String name, Instant now) {
    return alarm("queue-%s-%s".formatted(name, now), name, Alarm.State.CLEARED, "", now);
  }

  private static Alarm alarm(
      String receipt, String name, Alarm.State state, String text, Instant now) {
    OwnAlarms.Watched queue =
        new OwnAlarms.Watched(
            KIND,
            Severity.HIGH,
            Situation.HOLDFAST,
            new Alarm.Subject(null, null, null, "queue " + name, "", ""),
            "The queue of %s cannot be read".formatted(name),
            FINGERPRINTS + name);
    return OwnAlarms.watched(receipt, queue, state, text, now);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
