package holdfast.cli;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code holdfast}. */
@Command(
    name = "holdfast",
    mixinStandardHelpOptions = true,
    version = "Holdfast 0.1.0",
    description = "Backups that are proven by restoring them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done or PASS, 1 failed or FAIL, 2 usage or invalid plan, 3 could not verify,",
      "4 refused by a safety rule, 5 waiting for an approval.",
      "Files are read from HOLDFAST_HOME, or from the working folder."
    },
    subcommands = {
      InitCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      BackupCommand.class,
      RunsCommand.class,
      RunCommand.class,
      ScheduleCommand.class,
      AlarmCommand.class,
      IncidentCommand.class,
      PointsCommand.class,
      VerifyCommand.class,
      RestoreCommand.class,
      PruneCommand.class,
      HoldCommand.class,
      StoreCommand.class,
      CatalogCommand.class,
      AlarmsCommand.class,
      RoutesCommand.class,
      KeyCommand.class,
      AuditCommand.class,
      UserCommand.class,
      TokenCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments, Terminal.standard()));
  }

  /** Runs one command against {@code terminal}; for tests and for the demo. */
  public static int execute(String[] arguments, Terminal terminal) {
    CommandLine line = new CommandLine(Main.class, new Commands(terminal));
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((problem, at, result) -> complain(problem, terminal));
    if (arguments.length == 0) {
      line.usage(terminal.out());
      return Exit.USAGE;
    }
    return line.execute(arguments);
  }

  private static int complain(Exception problem, Terminal terminal) {
    if (problem instanceof RefusedException refused) {
      terminal.complain(refused.getMessage());
      return refused.exit();
    }
    if (problem instanceof RunException failure) {
      terminal.complain(failure.getMessage());
      return Exit.of(failure.code());
    }
    terminal.complain(
        "Holdfast failed unexpectedly (%s: %s). Please report this with the log."
            .formatted(problem.getClass().getSimpleName(), problem.getMessage()));
    return Exit.of(Code.INTERNAL);
  }
}
