package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.Application;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Somebody sends events all the while the service starts. */
class DoorAtStartTest {

  private static final int NOBODY = 0;
  private static final Duration START = Duration.ofSeconds(120);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whoever_reaches_the_door_is_accepted_and_health_is_up_no_sooner() throws Exception {
    int door = free();
    int monitor = free();
    ExecutorService starter = Executors.newSingleThreadExecutor();
    try (Station station = Station.open()) {
      CompletableFuture<ConfigurableApplicationContext> start =
          CompletableFuture.supplyAsync(
              () ->
                  Application.start(
                      station.home, "--server.port=" + door, "--management.server.port=" + monitor),
              starter);
      List<Integer> answers = new ArrayList<>();
      boolean up = false;
      long deadline = System.nanoTime() + START.toNanos();
      while (!up && !start.isCompletedExceptionally() && System.nanoTime() < deadline) {
        up = health(monitor) == 200;
        answers.add(event(door, "trouble"));
        LockSupport.parkNanos(LOOK_NANOS);
      }
      start.get().close();

      assertThat(up).isTrue();
      assertThat(answers.get(answers.size() - 1)).as("the first event after up").isEqualTo(202);
      assertThat(answers).containsOnly(NOBODY, 202);
    } finally {
      starter.shutdownNow();
    }
  }

  private int health(int port) throws IOException, InterruptedException {
    return status(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/actuator/health".formatted(port))));
  }

  private int event(int port, String name) throws IOException, InterruptedException {
    String now = InstantSource.system().instant().toString();
    return status(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/in/monitor".formatted(port)))
            .header("Authorization", "Bearer " + Station.TOKEN)
            .POST(BodyPublishers.ofString(Station.alert(name, "warning", true, now))));
  }

  private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
    try {
      return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (ConnectException nobody) {
      return NOBODY;
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
