package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = "Bucket rules: what the plan wants, and what is there.")
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

  private void words(JsonNode buckets) {
    for (JsonNode bucket : buckets) {
      terminal.say(
          "%s (bucket %s)%s%s"
              .formatted(
                  bucket.path("store").asText(),
                  bucket.path("bucket").asText(),
                  known(bucket.path("versioned"), "versioned", "NOT versioned"),
                  known(
                      bucket.path("encrypted"),
                      "encrypted by default",
                      "NOT encrypted by default")));
      for (JsonNode rule : bucket.path("rules")) {
        terminal.say(
            "  %-8s %s  %s"
                .formatted(
                    rule.path("state").asText().toLowerCase(Locale.ROOT),
                    rule.path("id").asText(),
                    rule.path("words").asText()));
      }
      bucket.path("hazards").forEach(hazard -> terminal.complain("  DANGER " + hazard.asText()));
    }
  }

  private static String known(JsonNode answer, String yes, String no) {
    return answer.isBoolean() ? ", " + (answer.asBoolean() ? yes : no) : "";
  }
}
