package holdfast.process;

import java.io.IOException;

/** Starts programs. */
public final class Processes {

  /** Starts {@code command}; the caller reads stdout and closes the result. */
  public Running start(Command command) throws IOException {
    throw new UnsupportedOperationException("not built yet: " + command.program());
  }
}
