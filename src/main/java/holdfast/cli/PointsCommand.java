package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "points", description = "List recovery points and their copies.")
final class PointsCommand implements Callable<Integer> {

  @Mixin private Options options;

  @Parameters(arity = "0..1", paramLabel = "SYSTEM/ASSET", description = "Of this asset only.")
  private @Nullable String asset;

  private final Terminal terminal;

  PointsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Service service = Services.open(terminal)) {
      String filter = asset == null ? "" : "?asset=" + Service.escape(asset);
      JsonNode points = service.get("/api/v1/points" + filter);
      new Answers(terminal, options).print("points", points, this::words);
      return Exit.DONE;
    }
  }

  private void words(JsonNode points) {
    if (points.isEmpty()) {
      terminal.say("No recovery point yet.");
      return;
    }
    Table table = new Table("POINT", "ASSET", "STATE", "DATA OF", "SIZE", "COPIES", "PROOF");
    for (JsonNode point : points) {
      table.row(
          point.path("id").asText(),
          RunCommand.asset(point),
          point.path("state").asText(),
          Figures.ago(point.path("at").asText(), InstantSource.system()),
          Figures.bytes(point.path("sealedBytes").asLong()),
          copies(point),
          point.path("proof").path("verdict").asText("none").replace('_', '-'));
    }
    table.print(terminal);
  }

  private static String copies(JsonNode point) {
    List<String> names = new ArrayList<>();
    point.path("copies").forEach(copy -> names.add(copy.path("store").asText()));
    return String.join(", ", names);
  }
}
