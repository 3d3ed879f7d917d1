package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    description = "Pause or resume schedules.")
final class ScheduleCommand {

  private final Terminal terminal;

  ScheduleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "pause", description = "Start no scheduled run until resumed.")
  int pause(@Mixin Options options, @Parameters(paramLabel = "SYSTEM[/ASSET]") String subject) {
    return send(
        "pause",
        subject,
        options,
        "Paused. Scheduled runs do not start until 'holdfast schedule resume %s'.");
  }

  @Command(name = "resume", description = "Let scheduled runs start again.")
  int resume(@Mixin Options options, @Parameters(paramLabel = "SYSTEM[/ASSET]") String subject) {
    return send("resume", subject, options, "Resumed %s.");
  }

  private int send(String verb, String subject, Options options, String words) {
    String[] parts = subject.split("/", 2);
    Map<String, String> body = new LinkedHashMap<>();
    body.put("system", parts[0]);
    if (parts.length > 1) {
      body.put("asset", parts[1]);
    }
    try (Service service = Services.open(terminal)) {
      JsonNode answer = service.post("/api/v1/schedules/" + verb, body);
      new Answers(terminal, options)
          .print("schedules", answer, done -> terminal.say(words.formatted(subject)));
      return Exit.DONE;
    }
  }
}
