package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "backup", description = "Make one recovery point now, and wait for it.")
final class BackupCommand implements Callable<Integer> {

  @Mixin private Options options;

  @Parameters(paramLabel = "SYSTEM/ASSET", description = "What to back up.")
  private String asset;

  private final Terminal terminal;

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Service service = Services.open(terminal)) {
      String id = service.post("/api/v1/backups", Map.of("asset", asset)).path("run").asText();
      JsonNode run = new Follow(service, terminal).run(id);
      boolean good = run.path("state").asText().equals("SUCCEEDED");
      JsonNode answer = good ? service.get("/api/v1/points/" + id) : run;
      new Answers(terminal, options).print("point", answer, done -> words(good, run, done));
      return good ? Exit.DONE : Exit.FAILED;
    }
  }

  private void words(boolean good, JsonNode run, JsonNode point) {
    if (!good) {
      terminal.complain(run.path("failure").asText());
      return;
    }
    Duration took =
        Duration.between(
            Instant.parse(run.path("startedAt").asText()),
            Instant.parse(run.path("endedAt").asText()));
    terminal.say(
        "%s is GOOD: %s of data, %s sealed, in %s."
            .formatted(
                point.path("id").asText(),
                Figures.bytes(point.path("plainBytes").asLong()),
                Figures.bytes(point.path("sealedBytes").asLong()),
                Figures.duration(took)));
    terminal.say("Prove it with: holdfast verify " + point.path("id").asText());
  }
}
