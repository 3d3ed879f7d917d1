package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Prints what a service answered: as JSON for programs, in words for people. */
final class Answers {

  private final Terminal terminal;
  private final Options options;

  Answers(Terminal terminal, Options options) {
    this.terminal = terminal;
    this.options = options;
  }

  /** Prints {@code answer}, wrapped as {@code {name: […]}} when it is a list. */
  void print(String name, JsonNode answer, Consumer<JsonNode> words) {
    if (!options.json) {
      words.accept(answer);
    } else if (answer.isArray()) {
      terminal.out().println(Service.JSON.createObjectNode().set(name, answer));
    } else {
      terminal.out().println(answer);
    }
  }
}
