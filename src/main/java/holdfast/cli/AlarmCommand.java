package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "alarm",
    subcommands = AlarmTestCommand.class,
    description = "Hand in one event as its sender would, and say what became of it.")
final class AlarmCommand implements Callable<Integer> {

  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int LOOKS = 150;

  @Mixin private Options options;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|-",
      description = "The event; - is the standard input.")
  private @Nullable String file;

  @Option(names = "--sender", paramLabel = "NAME", description = "A sender of the plan.")
  private @Nullable String sender;

  private final Terminal terminal;

  AlarmCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    byte[] event = event();
    try (Service service = Services.open(terminal)) {
      String query = sender == null ? "" : "?sender=" + Service.escape(sender);
      String receipt = service.post("/api/v1/alarms" + query, event).path("receipt").asText();
      JsonNode outcome =
          settled(
              () -> service.get("/api/v1/alarms/" + receipt),
              now -> !now.path("state").asText().equals("WAITING"));
      new Answers(terminal, options).print("outcome", outcome, this::words);
      return outcome.path("state").asText().equals("DONE") ? Exit.DONE : Exit.FAILED;
    }
  }

  private byte[] event() {
    if (file == null) {
      throw new RefusedException(
          Exit.USAGE, "Name a file that holds an event, or say: holdfast alarm test");
    }
    try (InputStream input = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return input.readAllBytes();
    } catch (IOException unreadable) {
      throw new RefusedException(
          Exit.USAGE, "The file %s cannot be read: name one that holds an event.".formatted(file));
    }
  }

  /** What {@code look} shows once it is {@code done}, or after half a minute. */
  static JsonNode settled(Supplier<JsonNode> look, Predicate<JsonNode> done) {
    JsonNode outcome = look.get();
    for (int i = 0; i < LOOKS && !done.test(outcome); i++) {
      pause();
      outcome = look.get();
    }
    return outcome;
  }

  /** A fifth of a second. */
  static void pause() {
    try {
      if (new CountDownLatch(1).await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(Exit.FAILED, "Interrupted; the event is kept and will be read.");
    }
  }

  private void words(JsonNode outcome) {
    for (JsonNode alarm : outcome.path("alarms")) {
      terminal.say(
          "%s %s: %s"
              .formatted(
                  alarm.path("state").asText(),
                  alarm.path("severity").asText(),
                  alarm.path("title").asText()));
    }
    outcome.path("incidents").forEach(id -> terminal.say("incident " + id.asText()));
    switch (outcome.path("state").asText()) {
      case "QUARANTINED" ->
          terminal.complain("It is in quarantine. " + outcome.path("reason").asText());
      case "WAITING" -> terminal.complain("It is kept, but nobody has read it yet.");
      default -> {
        if (outcome.path("incidents").isEmpty()) {
          terminal.say("No incident.");
        }
      }
    }
  }
}
