package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.Application;
import holdfast.StartFailure;
import holdfast.journal.Outbox;
import holdfast.plan.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.springframework.context.ConfigurableApplicationContext;

/** Holdfast inside a command, where no service runs: no schedules, a loopback port of its own. */
final class Alone {

  private Alone() {}

  /** Starts it; closing the service ends it. */
  static Service start(Terminal terminal) {
    Home home = Services.home();
    Path file = home.state().resolve("alone-" + ProcessHandle.current().pid() + ".json");
    terminal.show("no service runs here; starting what this command needs …");
    ConfigurableApplicationContext context =
        boot(
            home,
            terminal,
            "--holdfast.alone=true",
            "--holdfast.service-file=" + file,
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--management.server.port=-1",
            "--spring.main.log-startup-info=false",
            "--logging.level.root=ERROR",
            "--logging.level.holdfast=ERROR");
    terminal.clearLine();
    try {
      JsonNode service = Service.JSON.readTree(Files.readString(file));
      return new Service(
          URI.create(service.path("url").asText()),
          service.path("token").asText(),
          () -> end(context, terminal));
    } catch (IOException e) {
      context.close();
      throw new RefusedException(Exit.FAILED, "The file %s cannot be read.".formatted(file));
    }
  }

  /** A failed backup must be heard of, even where only a timetable of the system starts it. */
  private static void end(ConfigurableApplicationContext context, Terminal terminal) {
    try (context) {
      Instant since = Instant.ofEpochMilli(context.getStartupDate());
      new LastWords(context.getBean(Outbox.class), since, terminal).say();
    }
  }

  /** Starts the service, or says why it cannot start and ends the command. */
  static ConfigurableApplicationContext boot(Home home, Terminal terminal, String... arguments) {
    try {
      return Application.start(home.folder(), arguments);
    } catch (RuntimeException | Error e) {
      StartFailure failure = StartFailure.of(e);
      failure.lines().forEach(terminal::complain);
      throw new RefusedException(failure.exitCode(), "Holdfast did not start.");
    }
  }
}
