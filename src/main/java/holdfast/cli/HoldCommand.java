package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description = "Recovery points that stay because somebody says so.")
final class HoldCommand {

  private static final String PATH = "/api/v1/holds";

  private final Terminal terminal;

  HoldCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "list", description = "Show who holds which point, and why.")
  int list(@Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      new Answers(terminal, options).print("holds", service.get(PATH), this::words);
      return Exit.DONE;
    }
  }

  @Command(
      name = "add",
      description = "Keep a point, whatever the plan says; one on its way out comes back.")
  int add(
      @Parameters(paramLabel = "POINT") String point,
      @Option(names = "--reason", required = true, description = "Why, in one line.") String reason,
      @Mixin Options options) {
    return send(PATH, "hold", point, reason, "Point %s is held.", options);
  }

  @Command(name = "remove", description = "End every hold of a point; needs an admin.")
  int remove(
      @Parameters(paramLabel = "POINT") String point,
      @Option(names = "--reason", required = true, description = "Why, in one line.") String reason,
      @Mixin Options options) {
    return send(PATH + "/release", "holds", point, reason, "Point %s is no longer held.", options);
  }

  private int send(
      String path, String name, String point, String reason, String words, Options options) {
    try (Service service = Services.open(terminal)) {
      JsonNode answer = service.post(path, Map.of("point", point, "reason", reason));
      new Answers(terminal, options)
          .print(name, answer, done -> terminal.say(words.formatted(point)));
      return Exit.DONE;
    }
  }

  private void words(JsonNode holds) {
    if (holds.isEmpty()) {
      terminal.say("Nobody holds a point.");
      return;
    }
    Table table = new Table("POINT", "BY", "SINCE", "WHY");
    for (JsonNode hold : holds) {
      table.row(
          hold.path("point").asText(),
          hold.path("actor").asText(),
          hold.path("since").asText(),
          hold.path("reason").asText());
    }
    table.print(terminal);
  }
}
