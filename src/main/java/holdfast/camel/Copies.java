package holdfast.camel;

import holdfast.backup.Backup;
import holdfast.catalog.Ticket;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Installation;
import holdfast.plan.StoreSpec;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** Has every copy of a new point looked at again, each by the route of its store. */
public final class Copies {

  private final Backup backup;
  private final Stores stores;
  private final Installation installation;
  private final ProducerTemplate routes;
  private final Runs runs;

  Copies(
      Backup backup, Stores stores, Installation installation, ProducerTemplate routes, Runs runs) {
    this.backup = backup;
    this.stores = stores;
    this.installation = installation;
    this.routes = routes;
    this.runs = runs;
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
      confirmed = routes.requestBody("direct:backup-confirm-" + store, confirmed, Ticket.class);
    }
    return confirmed;
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
