package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "store", description = "Bucket rules: what the plan wants, and what is there.")
final class StoreCommand {

  private final Terminal terminal;

  StoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "plan",
      description = "Show the rules wanted, the drift and what is foreign; changes nothing.")
  int plan(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode stores = service.get("/api/v1/stores/rules");
      new Answers(terminal, options).print("stores", stores, this::words);
      return Exit.DONE;
    }
  }

  @Command(name = "apply", description = "Merge the rules wanted into the buckets' own.")
  int apply(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode stores = service.post("/api/v1/stores/rules/apply", Map.of());
      new Answers(terminal, options).print("stores", stores, this::words);
      return Exit.DONE;
    }
  }

  private void words(JsonNode stores) {
    for (JsonNode store : stores) {
      terminal.say(store.path("store").asText());
      for (JsonNode line : store.path("lines")) {
        terminal.say("  " + line.asText());
      }
    }
  }
}
