package holdfast.backup;

import holdfast.catalog.Evidence;
import holdfast.catalog.Recipe;
import holdfast.catalog.Ticket;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The act of making a point, one method per line of the backup route. Only {@link #transfer} opens
 * anything.
 */
public final class Backup {

  /** What marks data in a bucket. */
  public static final Map<String, String> TAGS = Map.of("holdfast", "data");

  private static final Logger LOG = LoggerFactory.getLogger(Backup.class);

  private final Runs runs;
  private final Transfer transfer;

  /** What this process moved and nobody has recorded yet, by run. */
  private final Map<String, Evidence> unrecorded = new ConcurrentHashMap<>();

  Backup(Runs runs, Transfer transfer) {
    this.runs = runs;
    this.transfer = transfer;
  }

  /** Begins the run and takes the asset's lease; BUSY when another backup of it is active. */
  public Ticket claim(Ticket ticket) {
    return ticket.claimedBy(
        runs.begin(
            new Runs.Request(
                ticket.runId(),
                Run.Kind.BACKUP,
                ticket.asset().id(),
                ticket.trigger(),
                ticket.actor(),
                ticket.fireTime(),
                ticket.runId())));
  }

  /** Adds the dump to the recipe; nothing is opened. */
  public Ticket dump(Ticket ticket) {
    return ticket.with(Recipe.dump(ticket.asset()));
  }

  /** Adds the compression to the recipe; nothing is opened. */
  public Ticket compress(Ticket ticket) {
    return ticket.with(Recipe.compress(ticket.asset().pipeline()));
  }

  /** Adds the seal to the recipe; nothing is opened. */
  public Ticket seal(Ticket ticket) {
    return ticket.with(Recipe.seal(ticket.asset().pipeline()));
  }

  /**
   * Carries the recipe out: opens the source and every store, moves the bytes once, closes
   * everything, and leaves data, manifest and signature in every store, or nothing in any.
   *
   * @throws RunException NO_EVIDENCE without a claim, REFUSED when the recipe is not the plan's
   */
  public Ticket transfer(Ticket ticket) {
    String subject = ticket.asset().id().toString();
    Run run = ticket.run();
    if (run == null) {
      throw new RunException(
          Code.NO_EVIDENCE,
          subject,
          false,
          "The backup of %s was not claimed before its transfer; restore the claim step of the route."
              .formatted(subject));
    }
    Recipe.refusal(ticket)
        .ifPresent(
            sentence -> {
              throw new RunException(Code.REFUSED, subject, false, sentence);
            });
    try {
      Evidence evidence = transfer.run(ticket.asset(), run);
      unrecorded.put(run.id(), evidence);
      return ticket.with(evidence);
    } catch (Throwable e) { // Camel loses Errors, so none may leave an act
      RunException failure = RunException.from(e, subject);
      if (failure.code() == Code.INTERNAL) {
        LOG.error("The transfer of {} failed", subject, e);
      }
      throw failure;
    }
  }

  /**
   * Takes back what the run left in the stores, since it was not recorded: a whole, signed copy
   * that no catalog knows would be taken for a point by whoever finds it.
   */
  public void discard(String runId) {
    Evidence evidence = unrecorded.remove(runId);
    if (evidence != null) {
      transfer.remove(evidence);
    }
  }

  /** Leaves it: the run was recorded. */
  public void settle(String runId) {
    unrecorded.remove(runId);
  }

  /**
   * Compares what an independent look at the store found with what the upload left.
   *
   * @param bytes the object's length by that look
   * @param tags the object's tags by that look; {@link #TAGS} must be among them, where the store
   *     has tags, so that bucket rules know the object
   * @throws RunException CORRUPT when they disagree, NO_EVIDENCE when nothing was transferred or
   *     the tags are missing
   */
  public Ticket confirm(
      Ticket ticket, String store, long bytes, String etag, Map<String, String> tags) {
    Store.Receipt receipt = receipt(ticket, store);
    if (receipt.head().bytes() != bytes || !bare(receipt.head().etag()).equals(bare(etag))) {
      throw new RunException(
          Code.CORRUPT,
          store,
          false,
          "Store %s holds %d bytes at %s where %d were sent; the point is not good, and the bucket should be looked at."
              .formatted(store, bytes, receipt.key(), receipt.head().bytes()));
    }
    if (!tags.entrySet().containsAll(TAGS.entrySet())) {
      throw new RunException(
          Code.NO_EVIDENCE,
          store,
          false,
          "The object %s in store %s does not have the tag holdfast=data, so the bucket's rules pass it over; restore the tag step of the route."
              .formatted(receipt.key(), store));
    }
    return ticket.confirmedIn(store);
  }

  /** The key, below the store's prefix, of the data that the transfer left in {@code store}. */
  public String key(Ticket ticket, String store) {
    return receipt(ticket, store).key().path();
  }

  private static Store.Receipt receipt(Ticket ticket, String store) {
    Evidence evidence = ticket.evidence();
    if (evidence != null) {
      for (Store.Receipt receipt : evidence.receipts()) {
        if (receipt.store().equals(store)) {
          return receipt;
        }
      }
    }
    throw new RunException(
        Code.NO_EVIDENCE,
        store,
        false,
        "Nothing of %s was transferred to store %s; restore the transfer step of the route."
            .formatted(ticket.asset().id(), store));
  }

  private static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
