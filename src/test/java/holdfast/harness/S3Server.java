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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adobe S3Mock, or S3Proxy, as a child process on a free port; both accept any keys. */
public final class S3Server implements AutoCloseable {

  public static final String REGION = "us-east-1";
  private static final Pattern MOCK = Pattern.compile("started on ports .* (\\d+) \\(http\\)");
  private static final Pattern PROXY =
      Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");
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
    return start(folder, MOCK, mock(folder, buckets));
  }

  /** Another make of server, for a second opinion; without tags, lifecycle and encryption. */
  public static S3Server startProxy(Path folder) {
    return start(folder, PROXY, proxy(folder));
  }

  private static S3Server start(Path folder, Pattern port, List<String> arguments) {
    try {
      Files.createDirectories(folder.resolve("tmp"));
      Files.createDirectories(folder.resolve("objects"));
      secret(folder.resolve("access-key"), "AKIAHOLDFASTTEST");
      secret(folder.resolve("secret-key"), "test-secret-key");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx512m");
      command.add("-XX:+UseSerialGC");
      command.add("-Djava.io.tmpdir=" + folder.resolve("tmp").toAbsolutePath());
      command.addAll(arguments);
      // not here: S3Mock would read this folder's application.yml as its own
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process), "s3-server-ends"));
      return new S3Server(
          process, folder, URI.create("http://127.0.0.1:" + httpPort(process, port)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void secret(Path file, String value) throws IOException {
    Files.writeString(file, value);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static List<String> mock(Path folder, String... buckets) {
    String settings = "--com.adobe.testing.s3mock.store.";
    return List.of(
        "-jar",
        servers().resolve("s3mock.jar").toString(),
        "--server.address=127.0.0.1",
        "--server.port=0",
        "--http.port=0",
        settings + "root=" + folder.resolve("objects").toAbsolutePath(),
        settings + "initial-buckets=" + String.join(",", buckets),
        settings + "retain-files-on-exit=true");
  }

  private static List<String> proxy(Path folder) {
    return List.of(
        "-Ds3proxy.authorization=none",
        "-Ds3proxy.endpoint=http://127.0.0.1:0",
        "-Djclouds.provider=filesystem-nio2",
        "-Djclouds.identity=any",
        "-Djclouds.credential=any",
        "-Djclouds.filesystem.basedir=" + folder.resolve("objects").toAbsolutePath(),
        "-cp",
        servers().resolve("s3proxy") + "/*",
        "org.gaul.s3proxy.Main",
        "--properties",
        "/dev/null");
  }

  private static Path servers() {
    return Path.of(System.getProperty("holdfast.servers", "target/servers")).toAbsolutePath();
  }

  @SuppressWarnings("StreamResourceLeak") // the reader lives as long as the child
  private static int httpPort(Process process, Pattern pattern) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder seen = new StringBuilder();
    int port = 0;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      Matcher found = pattern.matcher(line);
      port = found.find() ? Integer.parseInt(found.group(1)) : port;
      if (port > 0 && line.contains("Started ")) {
        Thread drain = new Thread(() -> drain(output), "s3-server-output");
        drain.setDaemon(true);
        drain.start();
        return port;
      }
    }
    throw new IOException("The server ended before it answered:\n" + seen);
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
    return access(endpoint, accessKeyFile(), secretKeyFile());
  }

  private static AwsAccess access(URI endpoint, Path accessKey, Path secretKey) {
    return new AwsAccess(
        REGION,
        endpoint,
        new SecretRef(SecretRef.Kind.FILE, accessKey.toString()),
        new SecretRef(SecretRef.Kind.FILE, secretKey.toString()));
  }

  /** A bucket of this server as a plan declares it. */
  public StoreSpec.S3 spec(String name, String bucket, String prefix) {
    return spec(name, bucket, prefix, access());
  }

  /** A bucket of a server that another process started. */
  public static StoreSpec.S3 spec(String endpoint, Path accessKey, Path secretKey, String bucket) {
    return spec("primary", bucket, "", access(URI.create(endpoint), accessKey, secretKey));
  }

  private static StoreSpec.S3 spec(String name, String bucket, String prefix, AwsAccess access) {
    return new StoreSpec.S3(
        name,
        bucket,
        prefix,
        access,
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
