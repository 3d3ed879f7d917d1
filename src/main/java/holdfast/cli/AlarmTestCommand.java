package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "test",
    description = "Send a test to every channel that calls people, and say who has taken it.")
final class AlarmTestCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/alarm-tests";

  @Mixin private Options options;

  private final Terminal terminal;

  AlarmTestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Service service = Services.open(terminal)) {
      String id = service.post(PATH, Map.of()).path("test").asText();
      JsonNode test =
          AlarmCommand.settled(() -> service.get(PATH + "/" + id), AlarmTestCommand::answered);
      new Answers(terminal, options).print("test", test, this::words);
      return answered(test) ? Exit.DONE : Exit.FAILED;
    }
  }

  private static boolean answered(JsonNode test) {
    for (JsonNode answer : test.path("answers")) {
      if (!answer.path("confirmed").asBoolean()) {
        return false;
      }
    }
    return true;
  }

  private void words(JsonNode test) {
    Table table = new Table("CHANNEL", "CONFIRMED", "ANSWER");
    for (JsonNode answer : test.path("answers")) {
      boolean confirmed = answer.path("confirmed").asBoolean();
      table.row(
          answer.path("channel").asText(),
          confirmed ? "yes" : "NO",
          answer.path(confirmed ? "receipt" : "failure").asText("").replace("null", "-"));
    }
    table.print(terminal);
    if (!answered(test)) {
      terminal.complain(
          "Not confirmed yet. Whoever has not confirmed by %s becomes an alarm."
              .formatted(test.path("deadline").asText()));
    }
  }
}
