package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The record of who did what, when.")
final class AuditCommand {

  private final Terminal terminal;

  AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "verify", description = "Check that no entry was changed or removed.")
  int verify(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode verdict = service.get("/api/v1/audit/verify");
      new Answers(terminal, options).print("audit", verdict, this::words);
      return verdict.path("brokenAt").asLong() == 0 ? Exit.DONE : Exit.FAILED;
    }
  }

  private void words(JsonNode verdict) {
    long broken = verdict.path("brokenAt").asLong();
    terminal.say(
        broken == 0
            ? "%d entries, none changed.".formatted(verdict.path("entries").asLong())
            : "Entry %d does not follow from the one before it: the record was changed."
                .formatted(broken));
  }
}
