package holdfast.process;

import java.io.InputStream;
import java.io.OutputStream;

/** A started program. Closing it ends its whole process tree, if it is still there. */
public interface Running extends AutoCloseable {

  InputStream stdout();

  OutputStream stdin();

  /**
   * Waits for the end, at most until the command's deadline; stdout must have been read to its end
   * first.
   */
  Exit await() throws InterruptedException;

  @Override
  void close();

  /**
   * How a program ended.
   *
   * @param code 128 + signal when killed
   * @param stderrTail the last 8 KiB, decoded, secrets of the environment struck out
   * @param timedOut whether we killed it at its deadline
   */
  record Exit(int code, String stderrTail, boolean timedOut) {
    public boolean ok() {
      return code == 0 && !timedOut;
    }
  }
}
