package holdfast.store;

import holdfast.harness.S3Server;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A second opinion on what S3 does: put, list, parts and conditions by another make of server. */
class S3ProxyStoreTest extends StoreContract {

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir static Path folder;
  private static S3Server server;

  private S3Clients clients;
  private S3Store store;

  @BeforeAll
  static void start() {
    server = S3Server.startProxy(folder);
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void open() {
    S3Settings settings = S3Settings.standard(folder);
    clients = new S3Clients(S3Server.secrets(), settings);
    String bucket = server.bucket("contract-" + BUCKETS.incrementAndGet());
    store =
        new S3Store(
            server.spec("second", bucket, "holdfast"), clients, settings, InstantSource.system());
  }

  @AfterEach
  void close() {
    clients.close();
  }

  /** S3Proxy knows no tags. */
  @Override
  Store.Attributes data() {
    return Store.Attributes.none("application/octet-stream");
  }

  @Override
  boolean takesTags() {
    return false;
  }

  /** Over a folder, S3Proxy looks first and writes then. */
  @Override
  int mostWinners() {
    return 8;
  }

  @Override
  Store store() {
    return store;
  }
}
