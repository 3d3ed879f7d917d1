package holdfast.cli;

import holdfast.Application;
import holdfast.plan.Home;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Run the service: schedules, routes, page, REST, metrics.")
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

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
    return Application.serve(home.folder(), terminal.err()) ? stay() : Exit.USAGE;
  }

  /** Ends with the process; the service's own shutdown hook closes everything. */
  private static int stay() throws InterruptedException {
    new CountDownLatch(1).await();
    return Exit.DONE;
  }
}
