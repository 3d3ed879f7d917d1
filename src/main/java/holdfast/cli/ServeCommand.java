package holdfast.cli;

import holdfast.plan.Home;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Run the service: schedules, routes, page, REST, metrics.")
final class ServeCommand implements Callable<Integer> {

  private final Terminal terminal;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Home home = Services.home();
    if (Services.running(home).isPresent()) {
      throw new RefusedException(
          Exit.REFUSED, "A service runs in %s already; stop it first.".formatted(home.folder()));
    }
    ConfigurableApplicationContext service = Alone.boot(home, terminal);
    LoggerFactory.getLogger(ServeCommand.class)
        .info(
            "Holdfast serves {} on port {}",
            home.folder(),
            service.getEnvironment().getProperty("local.server.port"));
    // The service's own shutdown hook closes everything when the process is asked to end.
    new CountDownLatch(1).await();
    return Exit.DONE;
  }
}
