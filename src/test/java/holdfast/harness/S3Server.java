package holdfast.harness;

import holdfast.plan.AwsAccess;
import holdfast.plan.Origin;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.plan.StoreSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adobe S3Mock as a child process on a free port; it accepts any keys. */
public final class S3Server implements AutoCloseable {

  public static final String REGION = "us-east-1";
  private static final Pattern PORTS = Pattern.compile("started on ports .* (\\d+) \\(http\\)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static @Nullable S3Server shared;

  private final Process process;
  private final Path folder;
  private final URI endpoint;

  private S3Server(Process process, Path folder, URI endpoint) {
    this.process = process;
    this.folder = folder;
    this.endpoint = endpoint;
  }

  /** The one server of this JVM; it ends with the JVM. Give each test a bucket of its own. */
  public static synchronized S3Server shared() {
    if (shared == null) {
      shared = start(temporary());
    }
    return shared;
  }

  /** Starts a server that keeps its objects under {@code folder} and returns once it answers. */
  public static S3Server start(Path folder, String... buckets) {
    try {
      Path temporary = Files.createDirectories(folder.resolve("tmp"));
      secret(folder.resolve("access-key"), "AKIAHOLDFASTTEST");
      secret(folder.resolve("secret-key"), "test-secret-key");
      Process process =
          new ProcessBuilder(command(folder.resolve("objects"), temporary, buckets))
              .directory(folder.toFile()) // away from any application.yml
              .redirectErrorStream(true)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process), "s3-server-ends"));
      return new S3Server(process, folder, URI.create("http://127.0.0.1:" + httpPort(process)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void secret(Path file, String value) throws IOException {
    Files.writeString(file, value);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static List<String> command(Path objects, Path temporary, String... buckets) {
    String settings = "--com.adobe.testing.s3mock.store.";
    String jar = System.getProperty("holdfast.servers", "target/servers") + "/s3mock.jar";
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-Djava.io.tmpdir=" + temporary,
        "-jar",
        Path.of(jar).toAbsolutePath().toString(),
        "--server.address=127.0.0.1",
        "--server.port=0",
        "--http.port=0",
        settings + "root=" + objects.toAbsolutePath(),
        settings + "initial-buckets=" + String.join(",", buckets),
        settings + "retain-files-on-exit=true");
  }

  @SuppressWarnings("StreamResourceLeak") // the reader lives as long as the child
  private static int httpPort(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder seen = new StringBuilder();
    int port = 0;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      Matcher ports = PORTS.matcher(line);
      port = ports.find() ? Integer.parseInt(ports.group(1)) : port;
      if (line.contains("Started S3MockApplication")) {
        Thread drain = new Thread(() -> drain(output), "s3-server-output");
        drain.setDaemon(true);
        drain.start();
        return port;
      }
    }
    throw new IOException("S3Mock ended before it answered:\n" + seen);
  }

  private static void drain(BufferedReader output) {
    try {
      output.lines().forEach(ignored -> {});
    } catch (UncheckedIOException e) {
      // the server has ended
    }
  }

  /** Makes an empty bucket and returns its name. */
  public String bucket(String name) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve("/" + name))
              .PUT(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  public long pid() {
    return process.pid();
  }

  /** File that holds the access key; any key is accepted. */
  public Path accessKeyFile() {
    return folder.resolve("access-key");
  }

  public Path secretKeyFile() {
    return folder.resolve("secret-key");
  }

  /** How a plan would reach this server. */
  public AwsAccess access() {
    return new AwsAccess(
        REGION,
        endpoint,
        new SecretRef(SecretRef.Kind.FILE, accessKeyFile().toString()),
        new SecretRef(SecretRef.Kind.FILE, secretKeyFile().toString()));
  }

  /** A bucket of this server as a plan declares it. */
  public StoreSpec.S3 spec(String name, String bucket, String prefix) {
    return new StoreSpec.S3(
        name,
        bucket,
        prefix,
        access(),
        true,
        null,
        StoreSpec.Encryption.NONE,
        null,
        "STANDARD",
        new Origin(Path.of("application.yml"), 1));
  }

  /** Reads the key files that {@link #access()} names. */
  public static Secrets secrets() {
    return new Secrets(
        List.of(
            new SecretSource() {
              @Override
              public SecretRef.Kind kind() {
                return SecretRef.Kind.FILE;
              }

              @Override
              public Secret read(SecretRef ref) {
                try {
                  return new Secret(Files.readString(Path.of(ref.name())).strip());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            }));
  }

  /** Ends the server; its folder stays. */
  public void stop() {
    kill(process);
  }

  @Override
  public void close() {
    stop();
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

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("s3-server");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "s3-server-folder"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // the child may still be writing; a temporary folder is left to the machine
    }
  }
}
