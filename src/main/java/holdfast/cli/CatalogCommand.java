package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = "The catalog of recovery points against what rests in the stores.")
final class CatalogCommand {

  private final Terminal terminal;

  CatalogCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "rebuild",
      description =
          "List a store and take in every point that is whole, signed by us and not known.")
  int rebuild(
      @Option(names = "--store", required = true, description = "Which store.") String store,
      @Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode rebuilt = service.post("/api/v1/catalog/rebuild", Map.of("store", store));
      new Answers(terminal, options).print("rebuilt", rebuilt, this::words);
      return Exit.DONE;
    }
  }

  private void words(JsonNode rebuilt) {
    terminal.say(
        "Store %s holds %d points: %d were known, %d were not and are SUSPECT until they are read, %d were removed by retention."
            .formatted(
                rebuilt.path("store").asText(),
                rebuilt.path("points").asLong(),
                rebuilt.path("known").asLong(),
                rebuilt.path("adopted").asLong() + rebuilt.path("copies").asLong(),
                rebuilt.path("removed").asLong()));
    for (JsonNode other : rebuilt.path("others")) {
      terminal.complain(
          "  %-10s %s: %s"
              .formatted(
                  other.path("fate").asText().toLowerCase(Locale.ROOT),
                  other.path("point").asText(),
                  other.path("reason").asText()));
    }
  }
}
