package holdfast.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Servers left behind by a Holdfast process that was killed. Only a process called postgres whose
 * working directory is our own data folder counts as one, and only while we hold that folder.
 */
final class Orphans {

  private static final int PATIENCE_SECONDS = 60;

  private Orphans() {}

  /** Stops what still runs on {@code data}, and removes a pid file that names a stranger. */
  static void stop(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> server = postmaster(pidFile).filter(handle -> worksIn(handle, data));
    server.ifPresent(Orphans::interrupt);
    List<ProcessHandle> left =
        ProcessHandle.allProcesses().filter(handle -> worksIn(handle, data)).toList();
    for (ProcessHandle handle : left) {
      handle.destroyForcibly();
      ended(handle);
    }
    if (postmaster(pidFile).filter(ProcessHandle::isAlive).isPresent()) {
      Files.deleteIfExists(pidFile);
    }
  }

  private static Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).matches("\\d{1,9}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0)));
  }

  private static boolean worksIn(ProcessHandle handle, Path data) {
    Path process = Path.of("/proc", String.valueOf(handle.pid()));
    try {
      return Files.isSameFile(process.resolve("cwd").toRealPath(), data.toRealPath())
          && Files.readString(process.resolve("comm")).strip().equals("postgres");
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static void interrupt(ProcessHandle server) {
    Tree.signal("INT", String.valueOf(server.pid()));
    ended(server);
  }

  private static void ended(ProcessHandle handle) {
    try {
      handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      // Killed next, or reported by the server that then cannot start.
    }
  }
}
