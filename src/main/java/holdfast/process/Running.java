package holdfast.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A started program. Closing it ends its whole process tree, if it is still there. */
public final class Running implements AutoCloseable {

  private static final long LAST_WORDS_MILLIS = 2000;

  private final Process process;
  private final Tail stderr;
  private final Future<?> deadline;
  private volatile boolean timedOut;

  Running(Process process, Tail stderr, Deadlines deadlines, long deadlineMillis) {
    this.process = process;
    this.stderr = stderr;
    this.deadline = deadlines.after(deadlineMillis, this::expire);
  }

  /** Large reads go straight to the pipe. */
  public InputStream stdout() {
    return process.getInputStream();
  }

  public OutputStream stdin() {
    return process.getOutputStream();
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** What the program complained about so far: the last 8 KiB, secrets struck out. */
  public String stderrSoFar() {
    return stderr.text();
  }

  /**
   * Waits for the end, at most until the command's deadline; stdout must have been read to its end
   * first.
   */
  public Exit await() throws InterruptedException {
    int code = process.waitFor();
    deadline.cancel(false);
    stderr.join(LAST_WORDS_MILLIS);
    return new Exit(code, stderr.text(), timedOut);
  }

  /** Waits at most {@code millis} for the end; whether it ended. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Kills the whole process tree at once; {@link #await()} then tells of it. */
  public void kill() {
    Tree.kill(process.toHandle());
  }

  /** {@link #kill()} unless it has ended: its number may be another program's by then. */
  public void killIfAlive() {
    if (process.isAlive()) {
      kill();
    }
  }

  private void expire() {
    if (process.isAlive()) {
      timedOut = true;
      kill();
    }
  }

  @Override
  public void close() {
    deadline.cancel(false);
    killIfAlive();
    closeQuietly(process.getInputStream());
    closeQuietly(process.getOutputStream());
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (IOException ended) {
      // A pipe whose other end is gone has nothing left to lose.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * How a program ended.
   *
   * @param code 128 + signal when killed
   * @param stderrTail the last 8 KiB, decoded, secrets of the environment struck out
   * @param timedOut whether we killed it at its deadline
   */
  public record Exit(int code, String stderrTail, boolean timedOut) {
    public boolean ok() {
      return code == 0 && !timedOut;
    }

    /** Whether a signal ended it, ours at its deadline or another's. */
    public boolean killed() {
      return Signals.is(code);
    }

    /** How it ended, in words, such as {@code exit code 1} or {@code killed by signal 9 (KILL)}. */
    public String words() {
      return timedOut ? "ended at its deadline" : Signals.words(code);
    }

    /** The last line that says something, for a sentence; empty when nothing was said. */
    public String lastWords() {
      String[] lines = stderrTail.strip().split("\n");
      return lines[lines.length - 1].strip();
    }
  }
}
