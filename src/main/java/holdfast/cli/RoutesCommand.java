package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "routes",
    mixinStandardHelpOptions = true,
    description = "Check the route files, or put changed ones to work.")
final class RoutesCommand {

  private final Terminal terminal;

  RoutesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "check", description = "Say what is wrong with the files, by file and line.")
  int check(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode findings = service.post("/api/v1/routes/check", Map.of());
      new Answers(terminal, options).print("findings", findings, this::findings);
      return findings.isEmpty() ? Exit.DONE : Exit.USAGE;
    }
  }

  @Command(
      name = "reload",
      description = "Swap changed files in, one by one; a bad one leaves its old version running.")
  int reload(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode outcome = service.post("/api/v1/routes/reload", Map.of());
      new Answers(terminal, options).print("outcome", outcome, this::outcome);
      return outcome.path("refused").isEmpty() ? Exit.DONE : Exit.USAGE;
    }
  }

  private void outcome(JsonNode outcome) {
    outcome.path("changed").forEach(file -> terminal.say("live: " + file.asText()));
    if (outcome.path("changed").isEmpty() && outcome.path("refused").isEmpty()) {
      terminal.say("Nothing changed.");
    }
    findings(outcome.path("refused"));
  }

  private void findings(JsonNode findings) {
    findings.forEach(finding -> terminal.complain(FindingLine.of(finding)));
  }
}
