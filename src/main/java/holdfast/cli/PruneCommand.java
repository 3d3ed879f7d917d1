package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "prune",
    description = {
      "Show which recovery points are kept, which are let go, and why.",
      "Ends with 5 where so many would go that somebody has to approve, with 1 where a pass could"
          + " not be made."
    })
final class PruneCommand implements Callable<Integer> {

  /** One thing at a time. */
  static final class Wanted {

    @Option(names = "--apply", description = "Let them go; without it, nothing is changed.")
    private boolean apply;

    @Option(
        names = "--take-back",
        paramLabel = "POINT",
        description = "Bring back a point that is on its way out, and hold it.")
    private @Nullable String takeBack;

    @Option(
        names = "--approve",
        paramLabel = "ID",
        description = "Agree to a removal that waits for it; needs an admin.")
    private @Nullable String approve;

    @Option(
        names = "--clock-is-right",
        description = "Say that the clock can be believed, after a long time off; needs an admin.")
    private boolean clock;
  }

  @Mixin private Options options;

  @ArgGroup private @Nullable Wanted given;

  @Parameters(
      arity = "0..1",
      paramLabel = "SYSTEM[/ASSET]",
      description = "Of this alone; without it, of everything.")
  private @Nullable String of;

  private final Terminal terminal;

  PruneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Wanted wanted = given == null ? new Wanted() : given;
    try (Service service = Services.open(terminal)) {
      if (wanted.takeBack != null) {
        return takeBack(service, wanted.takeBack);
      }
      if (wanted.clock) {
        JsonNode seen = service.post("/api/v1/retention/clock", Map.of());
        return said("clock", seen, "From now on the clock is believed again.");
      }
      if (wanted.approve != null) {
        String path = "/api/v1/retention/approvals/" + Service.escape(wanted.approve);
        return tell(Service.JSON.createArrayNode().add(service.post(path, Map.of())));
      }
      return tell(wanted.apply ? apply(service) : show(service));
    }
  }

  private JsonNode show(Service service) {
    return service.get("/api/v1/retention" + (of == null ? "" : "?of=" + Service.escape(of)));
  }

  private JsonNode apply(Service service) {
    Map<String, Object> request = new HashMap<>();
    request.put("of", of);
    return service.post("/api/v1/retention/passes", request);
  }

  private int takeBack(Service service, String point) {
    JsonNode answer = service.post("/api/v1/retention/take-backs", Map.of("point", point));
    return said("hold", answer, "Point %s is back, and held.".formatted(point));
  }

  private int said(String name, JsonNode answer, String sentence) {
    new Answers(terminal, options).print(name, answer, words -> terminal.say(sentence));
    return Exit.DONE;
  }

  private int tell(JsonNode reports) {
    new Answers(terminal, options).print("assets", reports, this::words);
    int exit = Exit.DONE;
    for (JsonNode report : reports) {
      if (report.path("problem").isTextual()) {
        return Exit.FAILED;
      }
      exit = report.path("approval").isObject() ? Exit.WAITING : exit;
    }
    return exit;
  }

  private void words(JsonNode reports) {
    for (JsonNode report : reports) {
      terminal.say(
          "%s keeps: %s".formatted(report.path("asset").asText(), report.path("rules").asText()));
      table(report.path("points"));
      outcome(report);
    }
  }

  private void table(JsonNode points) {
    Table table = new Table("POINT", "STATE", "DATA OF", "SIZE", "FATE", "WHY");
    for (JsonNode point : points) {
      table.row(
          point.path("point").asText(),
          point.path("state").asText(),
          Figures.ago(point.path("dataOf").asText(), InstantSource.system()),
          Figures.bytes(point.path("bytes").asLong()),
          point.path("fate").asText().toLowerCase(Locale.ROOT) + until(point),
          point.path("reason").asText() + problem(point));
    }
    table.print(terminal);
  }

  private static String until(JsonNode point) {
    JsonNode until = point.path("removeAfter");
    return until.isTextual() ? ", to be taken back until " + until.asText() : "";
  }

  private static String problem(JsonNode point) {
    JsonNode problem = point.path("problem");
    return problem.isTextual() ? " (" + problem.asText() + ")" : "";
  }

  private void outcome(JsonNode report) {
    if (report.path("applied").asBoolean()) {
      terminal.say(
          "%d let go, %d removed, %d taken back."
              .formatted(
                  report.path("begun").size(),
                  report.path("removed").size(),
                  report.path("takenBack").size()));
    }
    if (report.path("waitsUntil").isTextual()) {
      terminal.say(
          "The plan was changed: until %s points stay that the plan before kept."
              .formatted(report.path("waitsUntil").asText()));
    }
    JsonNode approval = report.path("approval");
    if (approval.isObject()) {
      terminal.complain(
          "%d points at once need an admin's word: holdfast prune --approve %s"
              .formatted(
                  approval.path("points").size(), approval.path("id").asText().substring(0, 12)));
    }
    if (report.path("problem").isTextual()) {
      terminal.complain(report.path("problem").asText());
    }
  }
}
