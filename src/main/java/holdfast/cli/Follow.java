package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a run to end and shows how far it is meanwhile. */
final class Follow {

  private static final Set<String> ENDED =
      Set.of("SUCCEEDED", "FAILED", "ABANDONED", "CANCELLED", "SKIPPED");
  private static final Duration INTERVAL = Duration.ofMillis(400);

  private final Service service;
  private final Terminal terminal;

  Follow(Service service, Terminal terminal) {
    this.service = service;
    this.terminal = terminal;
  }

  /** The run once it has ended. */
  JsonNode run(String id) {
    while (true) {
      JsonNode run = service.get("/api/v1/runs/" + id);
      if (ENDED.contains(run.path("state").asText())) {
        terminal.clearLine();
        return run;
      }
      terminal.show(line(run));
      pause();
    }
  }

  private static String line(JsonNode run) {
    JsonNode progress = run.path("progress");
    if (!progress.isObject()) {
      return run.path("state").asText().equals("QUEUED") ? "waiting for its turn …" : "starting …";
    }
    StringBuilder line =
        new StringBuilder(progress.path("phase").asText())
            .append("  ")
            .append(Figures.bytes(progress.path("bytes").asLong()));
    if (progress.path("expectedBytes").isNumber()) {
      line.append(" of about ").append(Figures.bytes(progress.path("expectedBytes").asLong()));
    }
    line.append("  ").append(Figures.bytes(progress.path("bytesPerSecond").asLong())).append("/s");
    if (progress.path("etaSeconds").isNumber()) {
      Duration left = Duration.ofSeconds(progress.path("etaSeconds").asLong());
      line.append("  ").append(Figures.duration(left)).append(" left");
    }
    return line.toString();
  }

  private static void pause() {
    try {
      if (new CountDownLatch(1).await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(Exit.FAILED, "Interrupted; the run goes on.");
    }
  }
}
