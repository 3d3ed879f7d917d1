package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The record of who did what, when.")
final class AuditCommand {

  private final Terminal terminal;

  AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "verify",
      description = "Check that no entry was changed or removed, by its copies too.")
  int verify(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode verdict = service.get("/api/v1/audit/verify");
      new Answers(terminal, options).print("audit", verdict, this::words);
      return exit(verdict);
    }
  }

  @Command(
      name = "accept",
      description = "Say why the record and its copies part, as after the journal was restored.")
  int accept(
      @Option(names = "--reason", required = true, description = "Why they part.") String reason,
      @Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode verdict = service.post("/api/v1/audit/accept", Map.of("reason", reason));
      new Answers(terminal, options).print("audit", verdict, this::words);
      return exit(verdict);
    }
  }

  private static int exit(JsonNode verdict) {
    boolean whole = verdict.path("brokenAt").asLong() == 0;
    boolean read = true;
    for (JsonNode copy : verdict.path("copies")) {
      whole &= !copy.path("problem").isTextual();
      read &= !copy.path("unread").isTextual();
    }
    return whole ? read ? Exit.DONE : Exit.COULD_NOT_VERIFY : Exit.FAILED;
  }

  private void words(JsonNode verdict) {
    long broken = verdict.path("brokenAt").asLong();
    terminal.say(
        broken == 0
            ? "%d entries, none changed.".formatted(verdict.path("entries").asLong())
            : "Entry %d does not follow from the one before it: the record was changed."
                .formatted(broken));
    verdict.path("copies").forEach(this::copy);
  }

  private void copy(JsonNode copy) {
    String store = copy.path("store").asText();
    if (copy.path("problem").isTextual()) {
      terminal.say(copy.path("problem").asText());
    } else if (copy.path("unread").isTextual()) {
      terminal.say(
          "The copies in %s could not be compared. %s"
              .formatted(store, copy.path("unread").asText()));
    } else {
      terminal.say(
          "The copies in %s agree, through entry %d."
              .formatted(store, copy.path("through").asLong()));
    }
  }
}
