package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "token", mixinStandardHelpOptions = true, description = "API tokens for programs.")
final class TokenCommand {

  private final Terminal terminal;

  TokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "list",
      description = "List tokens; their values were shown once and are not kept.")
  int list(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode tokens = service.get("/api/v1/tokens");
      new Answers(terminal, options).print("tokens", tokens, this::table);
      return Exit.DONE;
    }
  }

  @Command(name = "new", description = "Make a token and show its value, once.")
  int make(
      @Mixin Options options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", defaultValue = "operator", description = "What it may do.")
          String role) {
    try (Service service = Services.open(terminal)) {
      JsonNode token =
          service.post(
              "/api/v1/tokens", Map.of("name", name, "role", role.toUpperCase(Locale.ROOT)));
      new Answers(terminal, options)
          .print("token", token, made -> terminal.say(made.path("token").asText()));
      return Exit.DONE;
    }
  }

  @Command(name = "revoke", description = "End a token at once.")
  int revoke(@Mixin Options options, @Parameters(paramLabel = "ID") String id) {
    try (Service service = Services.open(terminal)) {
      JsonNode answer = service.delete("/api/v1/tokens/" + Service.escape(id));
      new Answers(terminal, options).print("token", answer, done -> terminal.say("Revoked."));
      return Exit.DONE;
    }
  }

  private void table(JsonNode tokens) {
    Table table = new Table("ID", "NAME", "ROLE", "OWNER");
    for (JsonNode token : tokens) {
      table.row(
          token.path("id").asText(),
          token.path("name").asText(),
          token.path("role").asText(),
          token.path("owner").asText());
    }
    table.print(terminal);
  }
}
