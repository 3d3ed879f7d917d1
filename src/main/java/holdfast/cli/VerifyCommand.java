package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = "Prove a recovery point: restore it into scratch and query the copy.")
final class VerifyCommand implements Callable<Integer> {

  @Mixin private Options options;

  @Parameters(paramLabel = "POINT", description = "A point's id, or latest:SYSTEM/ASSET.")
  private String point;

  private final Terminal terminal;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Service service = Services.open(terminal)) {
      String id =
          service.post("/api/v1/verifications", Map.of("point", point)).path("run").asText();
      JsonNode run = new Follow(service, terminal).run(id);
      JsonNode proof = proof(service, run);
      new Answers(terminal, options).print("proof", proof, this::words);
      return exit(proof.path("verdict").asText());
    }
  }

  /** A run that ended without a proof of its own could not verify. */
  private static JsonNode proof(Service service, JsonNode run) {
    JsonNode proof = Service.JSON.createObjectNode();
    if (run.path("point").isTextual()) {
      proof = service.get("/api/v1/points/" + run.path("point").asText()).path("proof");
    }
    if (proof.path("runId").asText().equals(run.path("id").asText())) {
      return proof;
    }
    return Service.JSON
        .createObjectNode()
        .put("runId", run.path("id").asText())
        .put("verdict", "COULD_NOT_VERIFY")
        .put("reason", run.path("failure").asText("The run left no proof."));
  }

  private void words(JsonNode proof) {
    String verdict = proof.path("verdict").asText().replace('_', '-');
    String reason = proof.path("reason").asText("");
    terminal.say(reason.isEmpty() ? verdict : verdict + ": " + reason);
    if (proof.path("answers").isEmpty()) {
      return;
    }
    Table table = new Table("QUERY", "EXPECTED", "GOT", "");
    for (JsonNode answer : proof.path("answers")) {
      table.row(
          answer.path("query").asText(),
          answer.path("expected").asText(),
          answer.path("got").asText("-"),
          answer.path("pass").asBoolean() ? "ok" : "WRONG " + answer.path("problem").asText(""));
    }
    table.print(terminal);
    terminal.say("Restored in %.1f s.".formatted(proof.path("restoreSeconds").asDouble()));
  }

  private static int exit(String verdict) {
    return switch (verdict) {
      case "PASS" -> Exit.DONE;
      case "FAIL" -> Exit.FAILED;
      default -> Exit.COULD_NOT_VERIFY;
    };
  }
}
