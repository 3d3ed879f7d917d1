package holdfast.custody;

import holdfast.custody.AuditDocument.Name;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the audit's chain in stores, which whoever changes the journal cannot change with it:
 * new entries are put there every hour, and once a day all of them are compared with the journal.
 */
public final class AuditCopies {

  /** How often new entries are put there. */
  static final Duration EVERY = Duration.ofHours(1);

  /** How often all copies are compared. */
  static final Duration COMPARED = Duration.ofDays(1);

  /** How soon what failed is tried again. */
  static final Duration AGAIN = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(AuditCopies.class);
  private static final int MOST_ENTRIES = 2_000;

  private final Audit audit;
  private final AuditCopyRows rows;
  private final AuditReading reading;
  private final Transaction journal;
  private final Plans plans;
  private final Stores stores;
  private final KeyRing keys;
  private final InstantSource clock;
  private final Map<String, Instant> tried = new ConcurrentHashMap<>();
  private volatile Instant comparing = Instant.EPOCH;

  AuditCopies(
      Transaction journal,
      Audit audit,
      Plans plans,
      Stores stores,
      KeyRing keys,
      InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.rows = new AuditCopyRows(journal);
    this.reading = new AuditReading(journal, audit);
    this.plans = plans;
    this.stores = stores;
    this.keys = keys;
    this.clock = clock;
  }

  /** The stores that hold them: those that the plan names, else its first. */
  public List<String> stores() {
    List<String> named = plans.installation().precautions().auditStores();
    return named.isEmpty()
        ? plans.installation().stores().keySet().stream().limit(1).toList()
        : named;
  }

  /** Puts what is new where it is due, and compares when that is due; what is wrong is noted. */
  public void keep() {
    Instant now = clock.instant();
    boolean doubtful = false;
    for (String store : stores()) {
      if (isDue(store, now)) {
        tried.put(store, now);
        doubtful |= !copied(store, now);
      }
    }
    if (doubtful || isOld(now)) {
      comparing = now;
      compare();
    }
  }

  private boolean isDue(String store, Instant now) {
    return journal.in(() -> rows.copiedAt(store)).filter(at -> isYoung(at, EVERY, now)).isEmpty()
        && !isYoung(tried.getOrDefault(store, Instant.EPOCH), AGAIN, now);
  }

  /** A store that is away is not asked again at once. */
  private boolean isOld(Instant now) {
    return !isYoung(comparing, AGAIN, now)
        && journal.in(rows::comparedAt).filter(at -> isYoung(at, COMPARED, now)).isEmpty();
  }

  /** False where the copies there contradict the journal. */
  private boolean copied(String store, Instant now) {
    try {
      long through = copy(store);
      journal.run(() -> rows.copied(store, through, now));
      return true;
    } catch (RunException e) {
      LOG.warn("The audit is not copied to {}: {}", store, e.getMessage());
      return e.code() != Code.CORRUPT;
    }
  }

  private static boolean isYoung(Instant at, Duration age, Instant now) {
    return at.plus(age).isAfter(now);
  }

  /**
   * Puts the entries behind the last copied one into a store; the last that is there then.
   *
   * @throws RunException CORRUPT where the copies and the journal tell different stories
   */
  long copy(String storeName) {
    AuditShelf shelf = new AuditShelf(stores.named(storeName), keys);
    List<Audit.Entry> first = reading.entries(0, 1);
    if (first.isEmpty()) {
      return 0;
    }
    String chain = first.get(0).hash();
    List<Name> there = shelf.names(AuditDocument.folder(chain));
    long through = 0;
    if (!there.isEmpty()) {
      Name newest = there.get(there.size() - 1);
      requireSame(shelf, newest);
      through = newest.last();
    }
    List<Audit.Entry> fresh = reading.entries(through, MOST_ENTRIES);
    while (!fresh.isEmpty()) {
      shelf.put(AuditDocument.of(chain, fresh));
      through = fresh.get(fresh.size() - 1).entry();
      fresh = reading.entries(through, MOST_ENTRIES);
    }
    return through;
  }

  /** Nothing is put behind a copy that the journal contradicts: that would be a second story. */
  private void requireSame(AuditShelf shelf, Name newest) {
    String problem = reading.difference(shelf.document(newest));
    if (problem != null) {
      throw new RunException(Code.CORRUPT, shelf.name(), false, problem);
    }
  }

  /** Compares the chain with every copy, and notes what was found. */
  public AuditVerdict compare() {
    Audit.Verdict chain = audit.verify();
    List<AuditVerdict.Copy> copies = stores().stream().map(this::read).toList();
    AuditVerdict verdict = new AuditVerdict(chain.entries(), chain.brokenAt(), copies);
    journal.run(() -> rows.compared(verdict, clock.instant()));
    return verdict;
  }

  private AuditVerdict.Copy read(String store) {
    long put = journal.in(() -> rows.through(store));
    return reading.compare(store, () -> new AuditShelf(stores.named(store), keys), put);
  }

  /**
   * Sets aside the copies that the journal contradicts, because somebody knows why: the journal was
   * restored, or begun anew. They stay where they are; that and why it was done is signed beside
   * them and written into the audit. How many they were.
   */
  public int accept(String actor, String reason) {
    Instant now = clock.instant();
    int count = 0;
    for (String store : stores()) {
      AuditShelf shelf = new AuditShelf(stores.named(store), keys);
      List<String> aside =
          reading.contradicted(shelf).stream().map(name -> name.key().path()).toList();
      if (!aside.isEmpty()) {
        shelf.put(Acceptance.of(now, actor, reason, aside));
        count += aside.size();
      }
      journal.run(() -> rows.copied(store, 0, Instant.EPOCH));
    }
    audit.append(actor, "audit.accept", "copies", Map.of("count", count, "reason", reason));
    return count;
  }

  /**
   * How the copies stand, by what was noted.
   *
   * @param comparedAt when all were last compared; absent where they never were
   * @param problems what did not agree then
   * @param behind the stores that lack entries which are older than allowed
   */
  public record Standing(
      @Nullable Instant comparedAt, List<String> problems, List<String> behind) {}

  /** As it was noted; nothing is asked of a store. */
  public Standing standing(Duration patience) {
    return journal.in(
        () ->
            new Standing(
                rows.comparedAt().orElse(null),
                rows.problems(),
                stores().stream()
                    .filter(store -> rows.isBehind(store, clock.instant().minus(patience)))
                    .toList()));
  }
}
