package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.S3Server;
import holdfast.harness.TcpProxy;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.StoreSpec;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading on when the connection to a real S3 server breaks. */
class BrokenReadTest {

  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Key KEY = new Key("points/data");
  private static final int SIZE = 3 << 20;

  @TempDir Path spool;
  private TcpProxy proxy;
  private S3Clients clients;
  private S3Store straight;
  private S3Store shaky;
  private byte[] bytes;

  @BeforeEach
  void store() throws Exception {
    S3Server server = S3Server.shared();
    StoreSpec.S3 spec =
        server.spec("primary", server.bucket("broken-" + BUCKETS.incrementAndGet()), "");
    proxy = new TcpProxy(server.endpoint());
    S3Settings settings = new S3Settings(2, PartSizes.SMALLEST, spool, 2, Duration.ofMillis(1));
    clients = new S3Clients(S3Server.secrets(), settings);
    straight = new S3Store(spec, clients, settings, InstantSource.system());
    StoreSpec.S3 behind =
        S3Server.spec(
            proxy.endpoint().toString(),
            server.accessKeyFile(),
            server.secretKeyFile(),
            spec.bucket());
    shaky = new S3Store(behind, clients, settings, InstantSource.system());
    bytes = new byte[SIZE];
    new Random(7).nextBytes(bytes);
    put(bytes);
  }

  private void put(byte[] content) throws Exception {
    straight.remove(KEY);
    try (Store.Upload upload = straight.begin(KEY, SIZE, Store.Attributes.none("a/b"))) {
      upload.sink().write(content);
      upload.complete();
    }
  }

  @AfterEach
  void close() throws Exception {
    clients.close();
    proxy.close();
  }

  @Test
  void a_read_goes_on_where_its_connection_broke() throws Exception {
    proxy.cutAnswersAfter(1_000_000, 300, 70_000, 0, 1_500_000);
    try (InputStream in = shaky.open(KEY)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(proxy.connections()).isEqualTo(6);
  }

  @Test
  void a_connection_that_does_not_come_back_is_said_once_and_stays_said() throws Exception {
    proxy.cutAnswersAfter(1_000_000);
    proxy.holdCuts(true);
    try (InputStream in = shaky.open(KEY)) {
      in.readNBytes(500_000);
      proxy.refuse(true);
      for (int look = 0; look < 2; look++) {
        assertThatThrownBy(in::readAllBytes)
            .isInstanceOfSatisfying(
                RunException.class,
                failure -> {
                  assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
                  assertThat(failure.retryable()).isTrue();
                  assertThat(failure).hasMessageContaining("read the rest of points/data");
                });
      }
    }
  }

  @Test
  void an_object_that_was_replaced_meanwhile_is_never_joined_to_the_former_one() throws Exception {
    proxy.cutAnswersAfter(1_000_000);
    proxy.holdCuts(true);
    try (InputStream in = shaky.open(KEY)) {
      in.readNBytes(500_000);
      put(new byte[SIZE]);
      proxy.holdCuts(false);
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOfSatisfying(
              RunException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(Code.CORRUPT);
                assertThat(failure).hasMessageContaining("was replaced while it was read");
              });
    }
  }

  @Test
  void closing_early_opens_nothing_again() throws Exception {
    InputStream in = shaky.open(KEY);
    in.readNBytes(10);
    in.close();
    assertThat(proxy.connections()).isEqualTo(1);
  }
}
