package holdfast.process;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts programs. */
public final class Processes {

  private final Deadlines deadlines = new Deadlines();

  /**
   * Starts {@code command}; the caller reads stdout and closes the result.
   *
   * @throws RunException UNFIT_TOOL when the program is not there
   */
  public Running start(Command command) throws IOException {
    return start(command, false);
  }

  /** Starts a program that is interrupted when the calling thread ends; see {@link Launcher}. */
  Running start(Command command, boolean tied) throws IOException {
    if (!Files.isExecutable(command.program())) {
      throw new RunException(
          Code.UNFIT_TOOL,
          command.program().toString(),
          false,
          "The program %s is not there or cannot be run: install it.".formatted(command.program()));
    }
    ProcessBuilder builder = new ProcessBuilder(Launcher.argv(command, tied));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.directory(new File("/"));
    Process process = builder.start();
    Tail stderr =
        new Tail(
            command.program().getFileName().toString(),
            process.getErrorStream(),
            command.environment());
    stderr.start();
    return new Running(process, stderr, deadlines, command.deadline().toMillis());
  }

  /**
   * The user that servers and restored code run as where we are root; null where we are somebody
   * else already.
   */
  public static @Nullable String otherUser() {
    if (!Launcher.root()) {
      return null;
    }
    return Stream.of("postgres", "nobody")
        .filter(name -> Launcher.Accounts.find(name).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    Code.UNFIT_TOOL,
                    "user",
                    false,
                    "We run as root, and there is neither a user postgres nor nobody to run PostgreSQL as: create one."));
  }
}
