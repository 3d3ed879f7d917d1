package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "restore", description = "Bring a recovery point back into a new database.")
final class RestoreCommand implements Callable<Integer> {

  @Mixin private Options options;

  @Parameters(paramLabel = "POINT", description = "A point's id, or latest:SYSTEM/ASSET.")
  private String point;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "CONNECTION/DATABASE",
      description = "A connection of application.yml and a database that does not exist yet.")
  private String target;

  private final Terminal terminal;

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Service service = Services.open(terminal)) {
      String id =
          service
              .post("/api/v1/restores", Map.of("point", point, "target", target))
              .path("run")
              .asText();
      JsonNode run = new Follow(service, terminal).run(id);
      boolean good = run.path("state").asText().equals("SUCCEEDED");
      new Answers(terminal, options).print("run", run, ended -> words(good, ended));
      return good ? Exit.DONE : exit(run);
    }
  }

  private static int exit(JsonNode run) {
    return run.path("failureCode").asText().equals("REFUSED") ? Exit.REFUSED : Exit.FAILED;
  }

  private void words(boolean good, JsonNode run) {
    if (good) {
      terminal.say("%s is restored into %s.".formatted(run.path("point").asText(), target));
    } else {
      terminal.complain(run.path("failure").asText());
    }
  }
}
