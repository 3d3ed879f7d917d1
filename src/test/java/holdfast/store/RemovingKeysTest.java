package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.S3Server;
import holdfast.plan.AwsAccess;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.plan.StoreSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a store has other keys for it, nothing is removed or tagged with those that write. */
class RemovingKeysTest {

  private static final Key KEY = new Key("a/b");

  @TempDir private Path spool;
  private final Set<String> used = new ConcurrentSkipListSet<>();
  private S3Clients clients;
  private S3Store store;

  @BeforeEach
  void open() {
    S3Server server = S3Server.shared();
    StoreSpec.S3 plain = server.spec("primary", server.bucket("removing-keys"), "");
    StoreSpec.S3 spec =
        new StoreSpec.S3(
            plain.name(),
            plain.bucket(),
            plain.prefix(),
            access(plain, "writer"),
            plain.pathStyle(),
            plain.owner(),
            plain.encryption(),
            plain.kmsKey(),
            plain.storageClass(),
            access(plain, "remover"),
            plain.origin());
    S3Settings settings = S3Settings.standard(spool);
    clients = new S3Clients(new Secrets(List.of(new Noting())), settings);
    store = new S3Store(spec, clients, settings, InstantSource.system());
  }

  @AfterEach
  void close() {
    clients.close();
  }

  private static AwsAccess access(StoreSpec.S3 plain, String name) {
    SecretRef key = new SecretRef(SecretRef.Kind.ENV, name);
    return new AwsAccess(plain.access().region(), plain.access().endpoint(), key, key);
  }

  private final class Noting implements SecretSource {

    @Override
    public SecretRef.Kind kind() {
      return SecretRef.Kind.ENV;
    }

    @Override
    public Secret read(SecretRef ref) {
      used.add(ref.name());
      return new Secret("AKIAHOLDFASTTEST");
    }
  }

  @Test
  void writing_and_reading_use_the_keys_that_write_and_removing_the_others() throws Exception {
    byte[] bytes = "some data".getBytes(StandardCharsets.UTF_8);
    store.putIfAbsent(KEY, bytes, Store.Attributes.none("text/plain"));
    store.open(KEY).close();
    assertThat(store.head(KEY)).isPresent();
    assertThat(used).containsExactly("writer");

    used.clear();
    assertThat(store.lockedUntil(KEY)).isEmpty();
    store.tag(KEY, Map.of("holdfast", "expiring"));
    store.remove(KEY);
    assertThat(used).containsExactly("remover");
    assertThat(store.head(KEY)).isEmpty();
  }
}
