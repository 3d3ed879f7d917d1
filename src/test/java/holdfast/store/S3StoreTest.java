package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.S3Server;
import holdfast.plan.StoreSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StoreTest extends StoreContract {

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir Path spool;
  private StoreSpec.S3 spec;
  private S3Clients clients;
  private S3Store store;

  @BeforeEach
  void open() {
    S3Server server = S3Server.shared();
    spec =
        server.spec(
            "primary", server.bucket("contract-" + BUCKETS.incrementAndGet()), "holdfast/prefix");
    S3Settings settings = S3Settings.standard(spool);
    clients = new S3Clients(S3Server.secrets(), settings);
    store = new S3Store(spec, clients, settings, InstantSource.system());
  }

  @AfterEach
  void close() {
    clients.close();
  }

  @Override
  Store store() {
    return store;
  }

  /** S3Mock 5.2 looks first and writes then, so that racing writers can all be told they won. */
  @Override
  int mostWinners() {
    return 8;
  }

  /**
   * In parts only elsewhere: S3Mock 5.2 forgets the object when an upload of its name is aborted.
   */
  @Override
  List<Integer> colliding() {
    return List.of(10);
  }

  @Test
  void an_object_carries_its_type_metadata_tags_and_checksum() throws Exception {
    Key key = new Key("a/b");
    Store.Receipt receipt = put(key, bytes(2 * PART), 0);
    assertThat(receipt.head().checksum()).startsWith("crc32:").endsWith("-2");
    var head = store.found(key).orElseThrow();
    assertThat(head.contentType()).isEqualTo("application/octet-stream");
    assertThat(head.metadata()).containsEntry("run", "1");
    assertThat(
            clients
                .of(spec)
                .getObjectTagging(get -> get.bucket(spec.bucket()).key("holdfast/prefix/a/b"))
                .tagSet())
        .singleElement()
        .satisfies(tag -> assertThat(tag.key() + "=" + tag.value()).isEqualTo("holdfast=data"));
  }

  @Test
  void tags_are_replaced_as_a_whole() throws Exception {
    Key key = new Key("a/c");
    put(key, bytes(10), 0);
    store.tag(key, Map.of("holdfast", "expiring"));
    assertThat(
            clients
                .of(spec)
                .getObjectTagging(get -> get.bucket(spec.bucket()).key("holdfast/prefix/a/c"))
                .tagSet())
        .singleElement()
        .satisfies(tag -> assertThat(tag.value()).isEqualTo("expiring"));
  }
}
