package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PutMemoryTest {

  private static final int MEGABYTES = 700;

  @Test
  void an_object_many_times_the_heap_passes_through_it() throws Exception {
    S3Server server = S3Server.shared();
    String bucket = server.bucket("memory");
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PutMemoryTest.class.getName(),
                    server.endpoint().toString(),
                    server.accessKeyFile().toString(),
                    server.secretKeyFile().toString(),
                    bucket))
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(said).isZero();
    assertThat(said).contains("stored " + (long) MEGABYTES * 1_000_000);
  }

  /** The child: {@code ENDPOINT ACCESS-KEY-FILE SECRET-KEY-FILE BUCKET}. */
  public static void main(String[] args) throws Exception {
    var spec = S3Server.spec(args[0], Path.of(args[1]), Path.of(args[2]), args[3]);
    S3Settings settings = S3Settings.standard(Path.of(System.getProperty("java.io.tmpdir")));
    byte[] block = new byte[1_000_000];
    try (S3Clients clients = new S3Clients(S3Server.secrets(), settings)) {
      S3Store store = new S3Store(spec, clients, settings, InstantSource.system());
      try (Store.Upload upload =
          store.begin(new Key("large"), 0, Store.Attributes.none("text/plain"))) {
        for (int i = 0; i < MEGABYTES; i++) {
          upload.sink().write(block);
        }
        System.out.println("stored " + upload.complete().head().bytes());
      }
      store.remove(new Key("large"));
    }
  }
}
