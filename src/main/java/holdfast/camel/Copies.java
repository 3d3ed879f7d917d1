package holdfast.camel;

import holdfast.backup.Backup;
import holdfast.backup.BackupSettings;
import holdfast.catalog.Ticket;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Installation;
import holdfast.plan.StoreSpec;
import holdfast.store.Key;
import holdfast.store.Patience;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Has every copy of a new point looked at again, each by the route of its store. A copy that cannot
 * be confirmed does not count, and costs the point only when too few are left.
 */
public final class Copies {

  private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

  private final Backup backup;
  private final Stores stores;
  private final Installation installation;
  private final ProducerTemplate routes;
  private final Runs runs;
  private final BackupSettings settings;

  Copies(
      Backup backup,
      Stores stores,
      Installation installation,
      ProducerTemplate routes,
      Runs runs,
      BackupSettings settings) {
    this.backup = backup;
    this.stores = stores;
    this.installation = installation;
    this.routes = routes;
    this.runs = runs;
    this.settings = settings;
  }

  /** The ticket, with every store whose route agreed. */
  public Ticket confirm(Ticket ticket) {
    Run run = ticket.run();
    if (run == null) {
      return looked(ticket);
    }
    try (Pulse asking = Pulse.keeping(runs, run)) { // a store may take longer than a lease
      return looked(ticket);
    }
  }

  private Ticket looked(Ticket ticket) {
    Ticket confirmed = ticket;
    for (String store : ticket.asset().stores()) {
      if (ticket.evidence() == null || !ticket.evidence().lost().containsKey(store)) {
        confirmed = looked(confirmed, store);
      }
    }
    return confirmed;
  }

  private Ticket looked(Ticket ticket, String store) {
    String route = "direct:backup-confirm-" + store;
    Duration wait = isSpare(ticket) ? settings.spareStoreWait() : settings.storeWait();
    try {
      return Patience.of(() -> wait, settings.storePause())
          .ask(
              () -> routes.requestBody(route, ticket, Ticket.class),
              thrown -> Closing.asFailure(thrown, ticket.asset().id().toString()));
    } catch (RunException failure) {
      if (!isSpare(ticket)) {
        throw failure;
      }
      LOG.warn("The copy in store {} could not be confirmed: {}", store, failure.getMessage());
      return ticket.without(store, String.valueOf(failure.getMessage()));
    }
  }

  /** Whether the point would be good without one of the copies that it still has. */
  private static boolean isSpare(Ticket ticket) {
    return ticket.evidence() != null
        && ticket.evidence().receipts().size() > ticket.asset().copies().required();
  }

  /** The data object's whole key in the bucket of {@code store}. */
  public String key(Ticket ticket, String store) {
    String key = backup.key(ticket, store);
    return installation.stores().get(store) instanceof StoreSpec.S3 bucket
            && !bucket.prefix().isEmpty()
        ? bucket.prefix() + "/" + key
        : key;
  }

  /** The tags that data gets. */
  public Map<String, String> tags() {
    return Backup.TAGS;
  }

  /** Compares what a bucket said with what was sent. */
  public Ticket compare(
      Ticket ticket, String store, @Nullable HeadObjectResponse head, @Nullable List<Tag> tags) {
    if (head == null || tags == null) {
      throw new RunException(
          Code.NO_EVIDENCE,
          store,
          false,
          "Nobody looked at the copy in store %s again; restore the missing step of the confirm route."
              .formatted(store));
    }
    return backup.confirm(
        ticket,
        store,
        head.contentLength(),
        head.eTag(),
        tags.stream().collect(Collectors.toMap(Tag::key, Tag::value)));
  }

  /** Compares what a folder holds with what was written; a folder has no tags. */
  public Ticket look(Ticket ticket, String store) {
    Store.Head head =
        stores
            .named(store)
            .head(new Key(backup.key(ticket, store)))
            .orElse(new Store.Head(0, null, "", java.time.Instant.EPOCH, null));
    return backup.confirm(ticket, store, head.bytes(), head.etag(), Backup.TAGS);
  }
}
