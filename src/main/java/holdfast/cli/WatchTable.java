package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;

/** What is looked for because its absence would say nothing, below the assets. */
final class WatchTable {

  private final Terminal terminal;

  WatchTable(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(JsonNode looking) {
    Table table = new Table("WATCH", "LAST LOOK", "FOUND");
    for (JsonNode line : looking.path("watches")) {
      table.row(
          line.path("name").asText(), when(line), Integer.toString(line.path("found").asInt()));
    }
    table.print(terminal);
    JsonNode life = looking.path("heartbeat");
    if (life.isObject()) {
      terminal.say("Sign of life: " + words(life));
    }
  }

  private static String when(JsonNode line) {
    String last = Figures.ago(line.path("lookedAt").asText(""), InstantSource.system());
    if (line.path("failure").isTextual()) {
      return "%s; it fails: %s".formatted(last, line.path("failure").asText());
    }
    return line.path("blind").asBoolean() ? last + "; DOES NOT LOOK" : last;
  }

  private static String words(JsonNode life) {
    String given = "given " + Figures.ago(life.path("given").asText(""), InstantSource.system());
    for (String trouble : new String[] {"stuck", "failure"}) {
      if (life.path(trouble).isTextual()) {
        return given + "; " + life.path(trouble).asText();
      }
    }
    return given;
  }
}
