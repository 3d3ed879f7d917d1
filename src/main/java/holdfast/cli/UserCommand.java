package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "user", mixinStandardHelpOptions = true, description = "People who may log in.")
final class UserCommand {

  private final Terminal terminal;

  UserCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "list", description = "List users and their roles.")
  int list(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode users = service.get("/api/v1/users");
      new Answers(terminal, options).print("users", users, this::table);
      return Exit.DONE;
    }
  }

  @Command(
      name = "add",
      description = "Add a user; the password is asked for, or read from standard input.")
  int add(
      @Mixin Options options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", defaultValue = "viewer", description = "viewer, operator or admin.")
          String role) {
    try (Service service = Services.open(terminal)) {
      JsonNode answer =
          service.post(
              "/api/v1/users",
              Map.of(
                  "name",
                  name,
                  "role",
                  role.toUpperCase(java.util.Locale.ROOT),
                  "password",
                  password(name)));
      new Answers(terminal, options)
          .print("user", answer, user -> terminal.say("Added " + name + "."));
      return Exit.DONE;
    }
  }

  @Command(name = "remove", description = "Remove a user and the tokens that belong to them.")
  int remove(@Mixin Options options, @Parameters(paramLabel = "NAME") String name) {
    try (Service service = Services.open(terminal)) {
      JsonNode answer = service.delete("/api/v1/users/" + Service.escape(name));
      new Answers(terminal, options)
          .print("user", answer, user -> terminal.say("Removed " + name + "."));
      return Exit.DONE;
    }
  }

  private static String password(String name) {
    Console console = System.console();
    if (console != null) {
      return new String(console.readPassword("Password for %s: ", name));
    }
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new RefusedException(Exit.USAGE, "The password could not be read from standard input.");
    }
  }

  private void table(JsonNode users) {
    Table table = new Table("USER", "ROLE");
    users.forEach(user -> table.row(user.path("name").asText(), user.path("role").asText()));
    table.print(terminal);
  }
}
