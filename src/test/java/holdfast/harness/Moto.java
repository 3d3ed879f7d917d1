package holdfast.harness;

import static org.awaitility.Awaitility.await;

import holdfast.plan.AwsAccess;
import holdfast.plan.SecretRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** AWS as {@code moto_server} plays it, as a child process on a free port; accepts any keys. */
public final class Moto implements AutoCloseable {

  /** The account that everything there belongs to. */
  public static final String ACCOUNT = "123456789012";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static @Nullable Moto shared;

  private final Process process;
  private final URI endpoint;
  private final Path keys;

  private Moto(Process process, URI endpoint, Path keys) {
    this.process = process;
    this.endpoint = endpoint;
    this.keys = keys;
  }

  /** The one server of this JVM; it ends with the JVM. Give each test names of its own. */
  public static synchronized Moto shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  /** Starts a server with nothing in it and returns once it answers. */
  public static Moto start() {
    try {
      int port = HomeFolder.freePort(0);
      Path folder = Files.createTempDirectory("moto");
      Files.createFile(
          folder.resolve("keys"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(folder.resolve("keys"), "AKIAHOLDFASTTEST");
      Process process =
          new ProcessBuilder(
                  List.of("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port)))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process), "moto-ends"));
      Moto moto = new Moto(process, URI.create("http://127.0.0.1:" + port), folder.resolve("keys"));
      await("moto_server, which logs to " + folder)
          .atMost(Duration.ofSeconds(60))
          .until(moto::answers);
      return moto;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      HttpRequest ask = HttpRequest.newBuilder(endpoint.resolve("/moto-api/data.json")).build();
      return HTTP.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      if (!process.isAlive()) {
        throw new IllegalStateException("moto_server has ended", notYet);
      }
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /** File that holds the one word that does for both keys. */
  public Path keyFile() {
    return keys;
  }

  /** How a plan would reach this server. */
  public AwsAccess access(String region) {
    SecretRef key = new SecretRef(SecretRef.Kind.FILE, keys.toString());
    return new AwsAccess(region, endpoint, key, key);
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    kill(process);
  }

  private static void kill(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
