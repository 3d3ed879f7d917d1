package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Objectives beside actuals, for everything protected.")
final class StatusCommand implements Callable<Integer> {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE HH:mm VV", Locale.ROOT);

  @Mixin private Options options;

  @Option(
      names = "--health",
      description = "Only ask whether a service answers: 0 when it does, 1 when none does.")
  private boolean health;

  private final Terminal terminal;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (health) {
      return Services.running(Services.home()).isPresent() ? Exit.DONE : Exit.FAILED;
    }
    try (Service service = Services.open(terminal)) {
      ObjectNode status = (ObjectNode) service.get("/api/v1/status");
      status.set("looking", service.get("/api/v1/watches"));
      new Answers(terminal, options).print("status", status, this::words);
      return well(status) ? Exit.DONE : Exit.FAILED;
    }
  }

  private static boolean well(JsonNode status) {
    return status.path("within").asInt() == status.path("assets").asInt()
        && status.path("undelivered").isEmpty();
  }

  private void words(JsonNode status) {
    terminal.say(
        "%d of %d assets are proven within their objectives."
            .formatted(status.path("within").asInt(), status.path("assets").asInt()));
    status.path("undelivered").forEach(line -> terminal.say(line.path("reason").asText()));
    Table table = new Table("ASSET", "LAST POINT", "VERDICT", "RPO", "RTO", "NEXT RUN");
    for (JsonNode system : status.path("systems")) {
      system.path("assets").forEach(asset -> row(table, asset));
    }
    table.print(terminal);
    for (JsonNode system : status.path("systems")) {
      system.path("assets").forEach(this::reason);
    }
    new ProbeTable(terminal).print(status.path("systems"));
    new WatchTable(terminal).print(status.path("looking"));
  }

  private static void row(Table table, JsonNode asset) {
    table.row(
        asset(asset),
        Figures.ago(asset.path("last").path("at").asText(""), InstantSource.system()),
        asset.path("proof").path("verdict").asText("none").replace('_', '-'),
        beside(asset.path("rpoActual"), asset.path("rpoTarget")),
        beside(asset.path("rtoActual"), asset.path("rtoTarget")),
        next(asset));
  }

  private void reason(JsonNode asset) {
    if (!asset.path("within").asBoolean()) {
      terminal.say("%s: %s".formatted(asset(asset), asset.path("reason").asText()));
    }
  }

  private static String asset(JsonNode line) {
    JsonNode id = line.path("id");
    return id.isTextual()
        ? id.asText()
        : id.path("system").asText() + "/" + id.path("asset").asText();
  }

  private static String beside(JsonNode actual, JsonNode target) {
    return duration(actual) + " of " + duration(target);
  }

  private static String duration(JsonNode value) {
    return value.isTextual() ? Figures.duration(Duration.parse(value.asText())) : "-";
  }

  private static String next(JsonNode asset) {
    if (asset.path("paused").asBoolean()) {
      return "paused";
    }
    JsonNode next = asset.path("next");
    return next.isObject()
        ? WHEN.format(
            Instant.parse(next.path("at").asText()).atZone(ZoneId.of(next.path("zone").asText())))
        : "-";
  }
}
