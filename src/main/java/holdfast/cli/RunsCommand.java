package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "List the newest runs.")
final class RunsCommand implements Callable<Integer> {

  @Mixin private Options options;

  @Parameters(arity = "0..1", paramLabel = "SYSTEM/ASSET", description = "Of this asset only.")
  private @Nullable String asset;

  @Option(names = "--limit", defaultValue = "20", description = "At most this many (default 20).")
  private int limit;

  private final Terminal terminal;

  RunsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Service service = Services.open(terminal)) {
      String filter = asset == null ? "" : "&asset=" + Service.escape(asset);
      JsonNode runs = service.get("/api/v1/runs?limit=" + limit + filter);
      new Answers(terminal, options).print("runs", runs, this::words);
      return Exit.DONE;
    }
  }

  private void words(JsonNode runs) {
    if (runs.isEmpty()) {
      terminal.say("No run yet.");
      return;
    }
    Table table = new Table("RUN", "KIND", "ASSET", "STATE", "STARTED", "TOOK", "");
    for (JsonNode run : runs) {
      table.row(
          run.path("id").asText(),
          run.path("kind").asText().toLowerCase(java.util.Locale.ROOT),
          RunCommand.asset(run),
          run.path("state").asText(),
          Figures.ago(run.path("startedAt").asText(), InstantSource.system()),
          took(run),
          run.path("failure").asText("").replace("null", ""));
    }
    table.print(terminal);
  }

  private static String took(JsonNode run) {
    return run.path("endedAt").isTextual()
        ? Figures.duration(
            Duration.between(
                Instant.parse(run.path("startedAt").asText()),
                Instant.parse(run.path("endedAt").asText())))
        : "-";
  }
}
