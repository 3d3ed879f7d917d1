package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holdfast.absence.Heartbeat;
import holdfast.camel.Schedules;
import holdfast.harness.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The sign of life of a whole service, as somebody outside hears it. */
@ExtendWith(OutputCaptureExtension.class)
class SignOfLifeTest {

  private static final String PATH = "/a-secret-that-nobody-may-see";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final AtomicInteger beats = new AtomicInteger();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private HttpServer outside;
  private House house;

  @BeforeEach
  void open() throws IOException {
    outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    outside.setExecutor(Executors.newCachedThreadPool());
    outside.createContext(PATH, this::hear);
    outside.start();
    House.Wishes wishes = new House.Wishes();
    wishes.database = Postgres.database("alive");
    wishes.scratch = "  heartbeat: {url: {file: beat.url}, every: 1s, fail: true}\n";
    house = House.of(wishes);
    Path address = house.home.resolve("beat.url");
    Files.writeString(
        address, "http://127.0.0.1:%d%s".formatted(outside.getAddress().getPort(), PATH));
    Files.setPosixFilePermissions(address, PosixFilePermissions.fromString("rw-------"));
    house.serve();
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().endsWith("/fail")) {
        reasons.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      } else {
        beats.incrementAndGet();
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @AfterEach
  void close() {
    house.close();
    outside.stop(0);
  }

  private void beats() {
    int before = beats.get();
    await().atMost(PATIENCE).until(() -> beats.get() > before + 1);
  }

  @Test
  void it_stops_with_the_journal_and_comes_back_with_it(CapturedOutput output) throws Exception {
    beats();
    List<String> server = journalProcesses();
    signal("-STOP", server);
    try {
      int before = settled();
      await().during(Duration.ofSeconds(4)).atMost(PATIENCE).until(() -> beats.get() == before);
    } finally {
      signal("-CONT", server);
    }
    beats();
    assertThat(house.bean(Heartbeat.class).given()).isPresent();
    assertThat(output).doesNotContain(PATH.substring(1));
  }

  /** One may have been on its way. */
  private int settled() {
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .until(() -> last.getAndSet(beats.get()) == beats.get());
    return beats.get();
  }

  private List<String> journalProcesses() throws IOException {
    long pid =
        Long.parseLong(
            Files.readAllLines(house.home.resolve(".holdfast/journal/data/postmaster.pid")).get(0));
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(server), server.descendants())
        .map(process -> Long.toString(process.pid()))
        .toList();
  }

  private static void signal(String signal, List<String> processes) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    command.addAll(processes);
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Test
  void it_is_withheld_with_a_reason_while_the_timers_stand_still(CapturedOutput output)
      throws Exception {
    house.bean(Schedules.class).wakeAll();
    beats();
    CamelContext camel = house.bean(CamelContext.class);
    for (String route : camel.getRoutes().stream().map(org.apache.camel.Route::getId).toList()) {
      if (route.startsWith("trigger-") || route.equals("absence-watch")) {
        camel.getRouteController().stopRoute(route);
      }
    }
    try (Connection journal = house.bean(DataSource.class).getConnection();
        Statement statement = journal.createStatement()) {
      journal.setAutoCommit(true);
      statement.execute("UPDATE schedules SET last_fire = last_fire - interval '2 days'");
    }
    await().atMost(PATIENCE).until(() -> !reasons.isEmpty());
    assertThat(reasons.get(0)).startsWith("Timers stand still: schedule nightly of roleferry/");
    int withheld = settled();
    house.bean(Schedules.class).wakeAll();
    await().atMost(PATIENCE).until(() -> beats.get() > withheld);
    assertThat(output)
        .contains("The sign of life is withheld. Timers stand still")
        .contains("The sign of life is given again")
        .doesNotContain(PATH.substring(1));
  }
}
