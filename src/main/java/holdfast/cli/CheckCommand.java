package holdfast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    description =
        "Examine plans, routes, tools, keys, stores and channels; silent when all is well.")
final class CheckCommand implements Callable<Integer> {

  @Mixin private Options options;

  private final Terminal terminal;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return new Checking(terminal, options).all();
  }
}
