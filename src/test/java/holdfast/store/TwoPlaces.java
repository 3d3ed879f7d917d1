package holdfast.store;

import holdfast.harness.S3Server;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Origin;
import holdfast.plan.StoreSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.Tag;

/** A bucket called primary and a folder called second, as the service would open them. */
public final class TwoPlaces implements Stores, AutoCloseable {

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final StoreSpec.S3 spec;
  private final S3Clients clients;
  private final Map<String, Store> stores;

  public TwoPlaces(Path folder) {
    S3Server server = S3Server.shared();
    spec =
        server.spec("primary", server.bucket("two-places-" + BUCKETS.incrementAndGet()), "prefix");
    S3Settings settings = S3Settings.standard(folder.resolve("spool"));
    clients = new S3Clients(S3Server.secrets(), settings);
    Path second = folder.resolve("second");
    try {
      Files.createDirectories(second);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stores =
        Map.of(
            "primary",
            new S3Store(spec, clients, settings, InstantSource.system()),
            "second",
            new DirectoryStore(
                new StoreSpec.Directory(
                    "second", second, new Origin(Path.of("application.yml"), 1))));
  }

  @Override
  public Store named(String name) {
    Store store = stores.get(name);
    if (store == null) {
      throw new RunException(Code.INVALID, name, false, "There is no store '%s'.".formatted(name));
    }
    return store;
  }

  /** Puts an object into a store, tagged as data. */
  public void put(String store, String key, byte[] bytes) {
    Store.Attributes data =
        new Store.Attributes("text/plain", Map.of(), Map.of("holdfast", "data"));
    named(store).putIfAbsent(new Key(key), bytes, data);
  }

  /** What lies below {@code prefix} in a store. */
  public List<String> keys(String store, String prefix) {
    return named(store).list(prefix).map(entry -> entry.key().path()).toList();
  }

  /** The tags of an object of the bucket. */
  public Map<String, String> tags(String key) {
    return clients
        .of(spec)
        .getObjectTagging(get -> get.bucket(spec.bucket()).key(spec.prefix() + "/" + key))
        .tagSet()
        .stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Override
  public void close() {
    clients.close();
  }
}
