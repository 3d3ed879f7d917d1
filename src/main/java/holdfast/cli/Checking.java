package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import holdfast.plan.Finding;
import holdfast.plan.PlanLoader;
import java.util.List;

/**
 * Examines plans, and with a valid plan everything else; prints findings and nothing when there are
 * none.
 */
final class Checking {

  private final Terminal terminal;
  private final Options options;

  Checking(Terminal terminal, Options options) {
    this.terminal = terminal;
    this.options = options;
  }

  /** Everything. */
  int all() {
    return ask("");
  }

  /** The checks of one room. */
  int only(String room) {
    return ask("?room=" + room);
  }

  private int ask(String filter) {
    List<Finding> plan = new PlanLoader(Services.home()).load().findings();
    if (plan.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR)) {
      return print(json(plan));
    }
    try (Service service = Services.open(terminal)) {
      return print(service.get("/api/v1/check" + filter));
    }
  }

  private static ArrayNode json(List<Finding> findings) {
    ArrayNode list = Service.JSON.createArrayNode();
    for (Finding finding : findings) {
      list.addObject()
          .put("level", finding.level().name())
          .put("file", finding.file() == null ? null : finding.file().toString())
          .put("line", finding.line())
          .put("what", finding.what())
          .put("fix", finding.fix());
    }
    return list;
  }

  private int print(JsonNode findings) {
    new Answers(terminal, options)
        .print("findings", findings, all -> all.forEach(one -> terminal.say(FindingLine.of(one))));
    for (JsonNode finding : findings) {
      if (finding.path("level").asText().equals("ERROR")) {
        return Exit.USAGE;
      }
    }
    return Exit.DONE;
  }
}
