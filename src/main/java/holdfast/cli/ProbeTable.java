package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;

/** What Holdfast's own probes found, below the assets. */
final class ProbeTable {

  private static final int DECIMALS = 3;

  private final Terminal terminal;

  ProbeTable(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Nothing where no system has probes. */
  void print(JsonNode systems) {
    Table probes = new Table("PROBE", "STATE", "SINCE", "LAST FAILURE");
    Table components = new Table("COMPONENT", "AVAILABILITY", "UNKNOWN OF 30 DAYS");
    boolean any = false;
    for (JsonNode system : systems) {
      for (JsonNode probe : system.path("probes")) {
        any = true;
        probes.row(
            probe.path("system").asText() + "/" + probe.path("probe").asText(),
            probe.path("state").asText().replace('_', '-'),
            Figures.ago(probe.path("since").asText(""), InstantSource.system()),
            probe.path("reason").asText());
      }
      system.path("availability").forEach(line -> row(components, line));
    }
    if (any) {
      probes.print(terminal);
      components.print(terminal);
    }
  }

  private static void row(Table table, JsonNode line) {
    table.row(
        line.path("system").asText() + "/" + line.path("component").asText(),
        "%s of %s".formatted(share(line.path("share")), share(line.path("target"))),
        Figures.duration(Duration.parse(line.path("unknown").asText())));
  }

  /** Rounded down: almost all of the time is not all of it. */
  private static String share(JsonNode value) {
    return value.isNumber()
        ? new BigDecimal(value.asText())
                .movePointRight(2)
                .setScale(DECIMALS, RoundingMode.DOWN)
                .stripTrailingZeros()
                .toPlainString()
            + "%"
        : "-";
  }
}
