package holdfast.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One life of a {@link Victim}: from its start to its end, by whatever hand. */
public final class VictimNode implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path home;
  private final Process process;
  private URI base = URI.create("http://127.0.0.1");
  private String token = "";

  private VictimNode(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  /** Starts the child; it may not answer yet, and with a failpoint armed it may never. */
  public static VictimNode begin(Path home) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Victim.class.getName(),
                    home.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
            .start();
    // Whoever ends us, by whatever signal, shall not leave the child behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "victim-ends"));
    return new VictimNode(home, process);
  }

  /** Starts the child and waits until it answers. */
  public static VictimNode start(Path home) throws IOException {
    VictimNode node = begin(home);
    if (!node.answers()) {
      node.kill();
      throw new IOException("The service did not start; its log is " + home.resolve("log"));
    }
    return node;
  }

  /** Waits until the child answers; false when it ended before. */
  public boolean answers() throws IOException {
    Path file = home.resolve(".holdfast/service.json");
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file) && told(file)) {
        return true;
      }
      rest();
    }
    return false;
  }

  private boolean told(Path file) throws IOException {
    JsonNode service = JSON.readTree(Files.readString(file));
    if (service.path("pid").asLong() != process.pid()) {
      return false;
    }
    base = URI.create(service.path("url").asText());
    token = service.path("token").asText();
    return true;
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Waits for the child's own end; whether it came in time. */
  public boolean ended(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  public long pid() {
    return process.pid();
  }

  public URI at(String path) {
    return base.resolve(path);
  }

  /** A request with the service's own token. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + token);
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(http.send(request(path).build(), BodyHandlers.ofString()).body());
  }

  /** Posts JSON with the service's own token. */
  public JsonNode post(String path, Object document) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(document)))
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  /** Posts an event as its sender does; the status of the answer. */
  public int event(String sender, String bearer, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(at("/in/" + sender))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
    return answer.statusCode();
  }

  private static void rest() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }

  /** Ends the child as an operator does, and its journal's server with it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
