package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "alarms",
    mixinStandardHelpOptions = true,
    description = "Alarms in AWS: what the plan wants, and what is there.")
final class AlarmsCommand {

  private static final String PATH = "/api/v1/aws-alarms";

  private final Terminal terminal;

  AlarmsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "plan",
      description = {
        "Show what is wanted, what is there, and the difference; changes nothing.",
        "Ends with 1 where they differ."
      })
  int plan(
      @Parameters(
              paramLabel = "SYSTEM",
              arity = "0..1",
              description = "One system; without it, all.")
          @Nullable String system,
      @Mixin Options options) {
    try (Service service = Services.open(terminal)) {
      String query = system == null ? "" : "?system=" + Service.escape(system);
      return tell(service.get(PATH + query), options);
    }
  }

  @Command(
      name = "apply",
      description = {
        "Put in place what is missing or different.",
        "Ends with 0 only where everything stands."
      })
  int apply(
      @Parameters(
              paramLabel = "SYSTEM",
              arity = "0..1",
              description = "One system; without it, all.")
          @Nullable String system,
      @Option(
              names = "--remove",
              description = "Remove what Holdfast once made and the plan no longer wants.")
          boolean remove,
      @Mixin Options options) {
    Map<String, Object> request = new HashMap<>();
    request.put("system", system);
    request.put("remove", remove);
    try (Service service = Services.open(terminal)) {
      return tell(service.post(PATH, request), options);
    }
  }

  private int tell(JsonNode reports, Options options) {
    new Answers(terminal, options).print("regions", reports, this::words);
    for (JsonNode report : reports) {
      if (report.path("drifted").asBoolean()) {
        return Exit.FAILED;
      }
    }
    return Exit.DONE;
  }

  private void words(JsonNode reports) {
    if (reports.isEmpty()) {
      terminal.say("No system has aws-alarms in its plan.");
    }
    for (JsonNode report : reports) {
      terminal.say(
          "%s in %s".formatted(report.path("system").asText(), report.path("region").asText()));
      report.path("changes").forEach(this::change);
      if (report.path("problem").isTextual()) {
        terminal.complain(report.path("problem").asText());
      }
    }
  }

  private void change(JsonNode change) {
    terminal.say(
        "  %-10s %-12s %s"
            .formatted(
                state(change), lower(change.path("kind").asText()), change.path("name").asText()));
    if (change.path("state").asText().equals("CHANGE")) {
      change.path("differences").forEach(this::difference);
    }
    if (change.path("note").isTextual()) {
      terminal.say("             " + change.path("note").asText());
    }
  }

  /** What came of it, or else what would. */
  private static String state(JsonNode change) {
    return switch (change.path("outcome").asText("")) {
      case "DONE" ->
          switch (change.path("state").asText()) {
            case "CREATE" -> "created";
            case "CHANGE" -> "changed";
            default -> "removed";
          };
      case "FAILED" -> "FAILED";
      case "NOT_TRIED" -> "not tried";
      default -> lower(change.path("state").asText());
    };
  }

  private void difference(JsonNode one) {
    terminal.say(
        "             %s: %s -> %s"
            .formatted(
                one.path("field").asText(),
                one.path("found").asText("none"),
                one.path("wanted").asText("none")));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
