package holdfast.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The service: a process of its own, started by the command that users type. */
public final class Holdfast implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(90);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final Process process;
  private URI base = URI.create("http://127.0.0.1");
  private String token = "";

  private Holdfast(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  /** Starts the service in {@code home} and waits until it answers. */
  public static Holdfast serve(Path home) throws IOException, InterruptedException {
    Process process =
        program(home, List.of("serve"))
            .redirectOutput(home.resolve("holdfast.log").toFile())
            .redirectErrorStream(true)
            .start();
    // Whoever ends us, by whatever signal, shall not leave the service behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "service-ends"));
    Holdfast holdfast = new Holdfast(home, process);
    try {
      holdfast.connect();
      return holdfast;
    } catch (IOException | InterruptedException | RuntimeException e) {
      holdfast.close();
      throw e;
    }
  }

  private static ProcessBuilder program(Path home, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("bin/holdfast").toAbsolutePath().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOLDFAST_HOME", home.toString());
    return builder;
  }

  private void connect() throws IOException, InterruptedException {
    Path file = home.resolve(".holdfast/service.json");
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        JsonNode service = JSON.readTree(Files.readString(file));
        if (service.path("pid").asLong() == process.pid()) {
          base = URI.create(service.path("url").asText());
          token = service.path("token").asText();
          return;
        }
      }
      rest();
    }
    throw new IOException("Holdfast did not start; its log: " + home.resolve("holdfast.log"));
  }

  /** Runs one command and reads the JSON it prints. */
  public JsonNode command(String... arguments) throws IOException {
    Process command =
        program(home, List.of(arguments)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return JSON.readTree(command.getInputStream());
  }

  /** Asks the service until {@code enough}, or gives its last answer when patience ends. */
  public JsonNode await(String path, Predicate<JsonNode> enough, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    JsonNode answer = get(path);
    while (!enough.test(answer) && System.nanoTime() < deadline && process.isAlive()) {
      rest();
      answer = get(path);
    }
    return answer;
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public JsonNode post(String path, Map<String, String> document)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(document))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
  }

  private static void rest() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  public long pid() {
    return process.pid();
  }

  public URI page() {
    return base;
  }

  public String password() throws IOException {
    return Files.readString(home.resolve(".holdfast/admin.password")).strip();
  }

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
