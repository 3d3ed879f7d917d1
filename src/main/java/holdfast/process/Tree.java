package holdfast.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends a program with everything it started. */
final class Tree {

  private static final Path KILL = Path.of("/usr/bin/kill");
  private static final int PATIENCE_SECONDS = 5;

  private Tree() {}

  /** Kills descendants first, then the program, then what is left of its process group. */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> descendants = root.descendants().toList();
    if (Launcher.ownsGroup()) {
      signal("KILL", "-" + root.pid());
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    root.destroyForcibly();
  }

  /** Sends a signal; whether the program that sends it could. */
  static boolean signal(String name, String target) {
    if (!Files.isExecutable(KILL)) {
      return false;
    }
    ProcessBuilder builder =
        new ProcessBuilder(KILL.toString(), "-" + name, "--", target)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    try {
      Process kill = builder.start();
      return kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && kill.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
