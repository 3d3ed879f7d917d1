package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "incident",
    mixinStandardHelpOptions = true,
    subcommands = NoticeCommand.class,
    description = "Show, open, acknowledge and resolve incidents.")
final class IncidentCommand {

  private static final String PATH = "/api/v1/incidents";

  private final Terminal terminal;

  IncidentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "list", description = "List what is open; with --all also what is over.")
  int list(@Mixin Options options, @Option(names = "--all") boolean all) {
    try (Service service = Services.open(terminal)) {
      JsonNode incidents = service.get(PATH + "?all=" + all);
      new Answers(terminal, options).print("incidents", incidents, this::table);
      return Exit.DONE;
    }
  }

  @Command(name = "show", description = "Show one incident: who was called, and what happened.")
  int show(@Mixin Options options, @Parameters(paramLabel = "ID") String id) {
    try (Service service = Services.open(terminal)) {
      JsonNode detail = service.get(path(id));
      new Answers(terminal, options).print("incident", detail, this::detail);
      return Exit.DONE;
    }
  }

  @Command(name = "open", description = "Open one by hand; people are called at once.")
  int open(
      @Mixin Options options,
      @Option(names = "--system", description = "The system it concerns.") @Nullable String system,
      @Option(
              names = "--severity",
              defaultValue = "high",
              description = "critical, high, medium or low (default high).")
          String severity,
      @Option(
              names = "--situation",
              defaultValue = "application",
              description = "Such as database, region or security (default application).")
          String situation,
      @Parameters(paramLabel = "TITLE", description = "What is wrong, in one line.") String title) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("system", system);
    body.put("severity", severity);
    body.put("situation", situation);
    body.put("title", title);
    try (Service service = Services.open(terminal)) {
      JsonNode opened = service.post(PATH, body);
      new Answers(terminal, options)
          .print(
              "incident",
              opened,
              done -> terminal.say("Opened " + done.path("incident").asText() + "."));
      return Exit.DONE;
    }
  }

  @Command(name = "ack", description = "Say that you deal with it; nobody else is called.")
  int ack(@Mixin Options options, @Parameters(paramLabel = "ID") String id) {
    return send(
        id, "/acknowledge?via=cli", Map.of(), options, "Acknowledged. Nobody else is called.");
  }

  @Command(name = "resolve", description = "Say that it is over, and why.")
  int resolve(
      @Mixin Options options,
      @Parameters(paramLabel = "ID") String id,
      @Parameters(paramLabel = "REASON", description = "What ended it.") String reason) {
    return send(id, "/resolve", Map.of("text", reason), options, "Resolved.");
  }

  @Command(name = "note", description = "Add a line to its timeline.")
  int note(
      @Mixin Options options,
      @Parameters(paramLabel = "ID") String id,
      @Parameters(paramLabel = "TEXT") String text) {
    return send(id, "/note", Map.of("text", text), options, "Noted.");
  }

  @Command(name = "estimate", description = "Say when it is expected to be over.")
  int estimate(
      @Mixin Options options,
      @Parameters(paramLabel = "ID") String id,
      @Parameters(paramLabel = "MINUTES", description = "From now.") long minutes) {
    return send(id, "/estimate", Map.of("minutes", minutes), options, "Noted.");
  }

  private int send(String id, String what, Map<String, ?> body, Options options, String words) {
    try (Service service = Services.open(terminal)) {
      JsonNode incident = service.post(path(id) + what, body);
      new Answers(terminal, options).print("incident", incident, done -> terminal.say(words));
      return Exit.DONE;
    }
  }

  private static String path(String id) {
    return PATH + "/" + Service.escape(id);
  }

  private void table(JsonNode incidents) {
    if (incidents.isEmpty()) {
      terminal.say("No open incident.");
      return;
    }
    Table table = new Table("INCIDENT", "SEVERITY", "STATE", "SYSTEM", "OPENED", "LEVEL", "TITLE");
    for (JsonNode incident : incidents) {
      table.row(
          incident.path("id").asText(),
          lower(incident, "severity"),
          lower(incident, "state"),
          incident.path("system").isTextual() ? incident.path("system").asText() : "-",
          Figures.ago(incident.path("openedAt").asText(), InstantSource.system()),
          incident.path("level").asText(),
          incident.path("title").asText());
    }
    table.print(terminal);
  }

  private void detail(JsonNode detail) {
    JsonNode incident = detail.path("incident");
    terminal.say(
        "%s: %s, %s, %s"
            .formatted(
                incident.path("title").asText(),
                lower(incident, "severity"),
                lower(incident, "situation"),
                lower(incident, "state")));
    for (JsonNode level : detail.path("levels")) {
      terminal.say(
          "  level %s %s, %s"
              .formatted(
                  level.path("level").asText(),
                  lower(level, "standing"),
                  level.path("reason").asText()));
    }
    for (JsonNode entry : detail.path("timeline")) {
      terminal.say(
          "  %s %s %s"
              .formatted(
                  entry.path("at").asText(), lower(entry, "kind"), entry.path("text").asText()));
    }
  }

  private static String lower(JsonNode of, String field) {
    return of.path(field).asText().toLowerCase(Locale.ROOT);
  }
}
