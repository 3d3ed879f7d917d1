package holdfast.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server as a direct child. A thread of its own starts it and waits for its end, because the
 * kernel's "signal me when my parent dies" means the parent's thread.
 */
final class ServerProcess {

  private static final int STATUS_LINE = 7;
  private static final long LOOK_MILLIS = 10;
  private static final long START_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Running running;

  private ServerProcess(Running running) {
    this.running = running;
  }

  static ServerProcess start(Processes processes, Command command) throws IOException {
    CompletableFuture<Running> started = new CompletableFuture<>();
    Thread guard = new Thread(() -> guard(processes, command, started), "private postgres");
    guard.setDaemon(true);
    guard.start();
    try {
      return new ServerProcess(started.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private static void guard(
      Processes processes, Command command, CompletableFuture<Running> started) {
    try (Running running = processes.start(command, true)) {
      started.complete(running);
      running.stdout().transferTo(java.io.OutputStream.nullOutputStream());
      running.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
    }
  }

  /** Waits until the server takes connections; null, or why it never will. */
  @Nullable String awaitReady(Path pidFile) {
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < START_NANOS) {
        if (ready(pidFile)) {
          return null;
        }
        if (running.endsWithin(LOOK_MILLIS)) {
          Running.Exit exit = running.await();
          return exit.words() + ": " + exit.lastWords();
        }
      }
      return "it was not ready after ten minutes: " + running.stderrSoFar();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private boolean ready(Path pidFile) {
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return lines.size() > STATUS_LINE
          && lines.get(0).equals(String.valueOf(running.pid()))
          && lines.get(STATUS_LINE).strip().equals("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  long pid() {
    return running.pid();
  }

  boolean alive() {
    return running.alive();
  }

  /** Sends the signal, waits, then kills. */
  void stop(String signal, long patienceMillis) {
    try {
      boolean sent = !running.alive() || Tree.signal(signal, String.valueOf(running.pid()));
      if (!sent || !running.endsWithin(patienceMillis)) {
        running.kill();
        running.endsWithin(patienceMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.kill();
    }
  }
}
