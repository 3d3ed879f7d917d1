package holdfast.store;

import holdfast.harness.S3Server;
import holdfast.plan.AwsAccess;
import holdfast.plan.Origin;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.plan.StoreSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store whose S3 goes wrong by script. */
abstract class FaultyStore {

  static final Store.Attributes DATA = Store.Attributes.none("application/octet-stream");
  static final Key KEY = new Key("a/data");
  static final String PATH = "p/a/data";
  static final int SIZE = 3 * (int) PartSizes.SMALLEST + 77;

  @TempDir Path spool;
  FaultyS3 s3;
  S3Clients clients;
  S3Settings settings;
  StoreSpec.S3 spec;
  S3Store store;

  @BeforeEach
  void start() throws IOException {
    s3 = new FaultyS3();
    open(32 * PartSizes.MIB, "111122223333");
  }

  final void open(long memoryPart, String owner) {
    settings = new S3Settings(2, memoryPart, spool, 4, Duration.ofMillis(1));
    clients = new S3Clients(anyKeys(), settings);
    spec = spec(owner);
    store = new S3Store(spec, clients, settings, InstantSource.system());
  }

  private StoreSpec.S3 spec(String owner) {
    SecretRef key = new SecretRef(SecretRef.Kind.ENV, "any");
    return new StoreSpec.S3(
        "primary",
        "bucket",
        "p",
        new AwsAccess(S3Server.REGION, s3.endpoint(), key, key),
        true,
        owner,
        StoreSpec.Encryption.SSE_S3,
        null,
        "STANDARD",
        new Origin(Path.of("application.yml"), 1));
  }

  static Secrets anyKeys() {
    return new Secrets(List.of(new AnyKey(SecretRef.Kind.ENV), new AnyKey(SecretRef.Kind.FILE)));
  }

  private record AnyKey(SecretRef.Kind kind) implements SecretSource {

    @Override
    public Secret read(SecretRef ref) {
      return new Secret("canary-key");
    }
  }

  @AfterEach
  void stop() {
    clients.close();
    s3.close();
  }

  final Store.Receipt upload(int size) throws IOException {
    try (Store.Upload upload = store.begin(KEY, 0, DATA)) {
      upload.sink().write(StoreContract.bytes(size));
      return upload.complete();
    }
  }
}
