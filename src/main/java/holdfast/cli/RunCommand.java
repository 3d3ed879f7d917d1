package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "run", mixinStandardHelpOptions = true, description = "Show or cancel one run.")
final class RunCommand {

  private final Terminal terminal;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "show", description = "Show one run and the messages it sent.")
  int show(@Mixin Options options, @Parameters(paramLabel = "ID") String id) {
    try (Service service = Services.open(terminal)) {
      JsonNode run = service.get("/api/v1/runs/" + Service.escape(id));
      new Answers(terminal, options).print("run", run, this::words);
      if (!options.json) {
        messages(service.get("/api/v1/messages?run=" + Service.escape(id)));
      }
      return Exit.DONE;
    }
  }

  @Command(name = "cancel", description = "Ask a running run to stop; nothing half done is left.")
  int cancel(@Mixin Options options, @Parameters(paramLabel = "ID") String id) {
    try (Service service = Services.open(terminal)) {
      JsonNode answer = service.post("/api/v1/runs/" + Service.escape(id) + "/cancel", Map.of());
      new Answers(terminal, options).print("run", answer, run -> terminal.say("Asked to stop."));
      return Exit.DONE;
    }
  }

  /** {@code system/asset} of a run or a point. */
  static String asset(JsonNode of) {
    JsonNode asset = of.path("asset");
    return asset.isTextual()
        ? asset.asText()
        : asset.path("system").asText() + "/" + asset.path("asset").asText();
  }

  private void words(JsonNode run) {
    terminal.say(
        "%s %s of %s, started by %s: %s"
            .formatted(
                run.path("id").asText(),
                run.path("kind").asText(),
                asset(run),
                run.path("trigger").asText(),
                run.path("state").asText()));
    if (run.path("failure").isTextual()) {
      terminal.say(run.path("failure").asText());
    }
  }

  private void messages(JsonNode messages) {
    for (JsonNode message : messages) {
      terminal.say(
          "  %s: %s%s"
              .formatted(
                  message.path("channel").asText(),
                  message.path("state").asText(),
                  message.path("error").isTextual() ? ", " + message.path("error").asText() : ""));
    }
  }
}
